// A second tap within a second does nothing more: hands that shake tap twice, and what lies under the finger may
// have moved by then, so a tap at the same place counts as the same tap. Send minds this itself: new words are new.
// Of a choice only the click on its input counts: a tap on the words beside it brings that one about.
const SOON = 1000;
const NEAR = 40;
const TAPPED = "a, button:not(#send), summary, label.choice input";

const OPENED_FOR = 3000;
const AROUND = 60;

let last = { at: -Infinity, x: 0, y: 0, control: null };
let opener = null;

export function guardTaps() {
  document.addEventListener("click", guard, true);
}

// What opens under a finger is not meant by the finger's next taps at that place.
export function guardUnder(opened) {
  opener = { ...last, opened };
}

function guard(event) {
  const control = event.target.closest?.(TAPPED);
  if (!control || !event.isTrusted) return;
  const tap = { at: event.timeStamp, x: event.clientX, y: event.clientY, control, byHand: event.detail > 0 };
  if (isUnder(tap) || (tap.at - last.at < SOON && same(tap, last))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  last = tap;
}

function same(tap, before) {
  if (tap.control === before.control) return true;
  return near(tap, before, NEAR);
}

function isUnder(tap) {
  return opener?.opened.contains(tap.control) && tap.at - opener.at < OPENED_FOR && near(tap, opener, AROUND);
}

function near(tap, before, within) {
  return tap.byHand && before.byHand && Math.hypot(tap.x - before.x, tap.y - before.y) < within;
}
