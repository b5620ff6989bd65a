// A shared tablet: after "I am finished", or ten untouched minutes, nothing of this person is left on it. It asks after
// nine. A call for help that is not sent yet goes first, and what was begun is kept in the house.
import { ask } from "./asking.js";
import { keepAllInTheHouse } from "./house_drafts.js";
import { openShelf } from "./kept.js";
import { shared } from "./shared.js";
import { vanish } from "./vanishing.js";
import { waitBefore } from "./waiting_longer.js";

const ASK_AFTER = 9 * 60 * 1000;
const END_AFTER = 10 * 60 * 1000;
const TELL_EVERY = 30 * 1000;
const LOOK_EVERY = 1000;
const TOUCHES = ["pointerdown", "keydown", "input", "wheel"];
const state = { touched: Date.now(), told: Date.now(), ending: false, attempt: 0, unsent: 0 };

export function mindSharedTablet() {
  if (!shared) return;
  for (const form of document.querySelectorAll(".i-am-finished")) form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish("/card?finished=yes");
  });
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true, capture: true });
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("beforeunload", warn);
  addEventListener("pagehide", vanish);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

export function finish(to) {
  if (state.ending) return;
  state.ending = true;
  vanish();
  signOut(to);
}

async function signOut(to) {
  try {
    const kept = await (await openShelf()).all();
    if (kept.some((item) => item.kind === "help")) throw new Error("help goes first");
    await keepAllInTheHouse(kept.filter((item) => item.kind === "words" && item.state !== "held").map((item) => item.text));
    const answer = await ask("/finished", { method: "POST" });
    if (!answer.ok) throw new Error("away");
    location.replace(to);
  } catch {
    document.getElementById("locked").hidden = false;
    setTimeout(() => signOut(to), waitBefore(state.attempt++));
  }
}

function touched() {
  if (state.ending) return;
  state.touched = Date.now();
  if (state.touched - state.told > TELL_EVERY) tell();
}

async function tell() {
  state.told = Date.now();
  const answer = await ask("/api/touched", { method: "POST" }).catch(() => null);
  if (answer?.status === 401) leave();
}

async function look() {
  if (state.ending || document.visibilityState !== "visible") return;
  const asking = document.getElementById("still-here");
  if (document.getElementById("help-now")?.open) touched();
  const idle = Date.now() - state.touched;
  if (idle >= END_AFTER) finish("/card?finished=idle");
  else if (idle >= ASK_AFTER && !asking.open) asking.showModal();
  state.unsent = (await (await openShelf()).all()).length;
}

function leave() {
  state.ending = true;
  vanish();
  location.replace("/card?finished=idle");
}

// Words that are still on their way are only in this page: the browser asks before it goes.
function warn(event) {
  if (!state.ending && state.unsent) event.preventDefault();
}
