// Words of mine raised something: the house asks softly, on my own screen. The question is fetched with a light page,
// so that it is the same with and without script.
const LOOK_EVERY = 5000;

export async function lookForAsks(change = (paint) => paint()) {
  const place = document.getElementById("help-asks");
  const answer = place && (await fetch("/numbers").catch(() => null));
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("help-asks");
  if (fresh && fresh.textContent !== place.textContent) change(() => putIn(place, fresh));
}

// While a call of mine is shown, what it says is looked up again: answering is not arriving, and nobody stays for ever.
export function followCall(change) {
  setInterval(() => {
    const open = document.querySelector("#help-asks:not([hidden])");
    if (open && document.visibilityState === "visible") lookForAsks(change);
  }, LOOK_EVERY);
}

function putIn(place, fresh) {
  const reading = place.contains(document.activeElement);
  place.replaceWith(fresh);
  if (reading) fresh.querySelector("a, button")?.focus();
}
