// Words of mine raised something: the house asks softly, on my own screen. The question is fetched with a light page,
// so that it is the same with and without script.
const LOOK_EVERY = 5000;

const STILL = { change: (paint) => paint(), atEnd: () => false };

export async function lookForAsks(end = STILL) {
  const place = document.getElementById("help-asks");
  const answer = place && (await fetch("/numbers").catch(() => null));
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("help-asks");
  if (!fresh || fresh.textContent === place.textContent) return;
  const follows = end.atEnd();
  end.change(() => putIn(place, fresh));
  if (follows) showAsks(end);
}

// What is asked begins in sight: a Yes without its question says nothing.
export function showAsks(end) {
  const asked = document.querySelector("#help-asks:not([hidden]):has(h2)");
  if (asked) end.showWhole(asked);
}

// While a call of mine is shown, what it says is looked up again: answering is not arriving, and nobody stays for ever.
export function followCall(end) {
  setInterval(() => {
    const open = document.querySelector("#help-asks:not([hidden])");
    if (open && document.visibilityState === "visible") lookForAsks(end);
  }, LOOK_EVERY);
}

function putIn(place, fresh) {
  const reading = place.contains(document.activeElement);
  place.replaceWith(fresh);
  if (reading) fresh.querySelector("a, button")?.focus();
}
