// New words never move what somebody is reading. Who reads the end sees them come; who reads elsewhere gets a button.
import { counted } from "./words.js";

const NEAR_END = 80;
const SHARE = 0.45;

export function watchEnd({ composer, button }) {
  const end = document.getElementById("newest");
  let unseen = 0;

  // Where the words end when the composer sticks to the bottom of the glass; one that scrolls along gets its share.
  const glassBottom = () => {
    const glass = window.visualViewport?.height ?? innerHeight;
    const sticks = getComputedStyle(composer).position === "sticky";
    return glass - (sticks ? composer.offsetHeight : Math.min(composer.offsetHeight, glass * SHARE));
  };
  const atEnd = () => end.getBoundingClientRect().top <= glassBottom() + NEAR_END;
  const toEnd = () => scrollBy({ top: end.getBoundingClientRect().bottom + 12 - glassBottom(), behavior: "auto" });

  function show(count) {
    unseen = count;
    button.hidden = count === 0;
    if (count) button.textContent = counted("new", count);
  }

  // The glass grew or shrank (a keyboard, a turned tablet): who stood at the end stands there again.
  let stoodAtEnd = true;
  const stayAtEnd = () => stoodAtEnd && toEnd();

  button.addEventListener("click", () => {
    show(0);
    toEnd();
  });
  const scrolled = () => {
    stoodAtEnd = atEnd();
    if (unseen && stoodAtEnd) show(0);
  };
  addEventListener("scroll", scrolled, { passive: true });

  return {
    atEnd,
    toEnd,
    stayAtEnd,
    // Bring all of it above the composer, or its beginning if it is too tall for that.
    showWhole(article) {
      const { top, bottom } = article.getBoundingClientRect();
      const under = bottom + 12 - glassBottom();
      const over = top - headerBottom() - 12;
      scrollBy(0, Math.min(Math.max(under, 0), over));
    },
    // Run a change of the list; afterwards stand where one stood, or follow the end if one stood there.
    change(act, { added = 0, follow = false } = {}) {
      const wasAtEnd = atEnd();
      const anchor = firstInSight();
      const before = anchor?.getBoundingClientRect().top;
      act();
      if (wasAtEnd || follow) toEnd();
      else {
        if (anchor?.isConnected) scrollBy(0, anchor.getBoundingClientRect().top - before);
        if (added) show(unseen + added);
      }
    },
  };
}

function headerBottom() {
  return Math.max(...[".top", ".top-help"].map((one) => document.querySelector(one).getBoundingClientRect().bottom));
}

function firstInSight() {
  return [...document.querySelectorAll("#entries > *")].find((one) => one.getBoundingClientRect().bottom > 120);
}
