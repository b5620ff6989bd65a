// I need help now. The form works by itself; this shows the numbers at once, says only what is true, keeps the tap on
// the tablet until the house has it, and sends it again with the same ref and the time it was pressed. While the card
// is open it asks how the call stands, so that one sees when somebody has answered, and when somebody is there.
import { ask } from "./asking.js";
import { lookForAsks } from "./help_asks.js";
import { askFirst, paint, say, sayBelow, sentNote } from "./help_card.js";
import { openShelf } from "./kept.js";
import { newRef } from "./refs.js";
import { guardUnder } from "./taps.js";
import { waitBefore } from "./waiting_longer.js";

const ANSWER_WITHIN = 8000;
const LOOK_EVERY = 2000;

export function readyHelp() {
  readyPage();
  const card = document.getElementById("help-now");
  if (!card?.showModal) return;
  const state = { card, shelf: openShelf(), attempt: 0, timer: null, latest: null, looking: null };
  for (const form of document.querySelectorAll(".help-form")) form.addEventListener("submit", (event) => tapped(event, state));
  card.querySelector(".sure")?.addEventListener("submit", (event) => saidYes(event, state));
  card.querySelector(".not-now")?.addEventListener("submit", (event) => (event.preventDefault(), card.close()));
  card.querySelector(".help-note")?.addEventListener("submit", (event) => written(event, state));
  card.addEventListener("close", () => stopLooking(state));
  readyAnswers(card, () => lookNow(state));
  addEventListener("online", () => sendKept(state));
  sendKept(state);
}

// The page Help now, while a call is open: it follows what becomes of it.
function readyPage() {
  const card = document.querySelector(".help-card[data-follows]");
  if (!card) return;
  const state = { card, looking: null, stays: true };
  readyAnswers(card, () => lookNow(state));
  lookAgain(state);
}

function tapped(event, state) {
  event.preventDefault();
  state.room = event.target.elements.room?.value ?? "";
  const { card } = state;
  const asks = "askFirst" in card.dataset && !state.latest && !isOpen(card);
  askFirst(card, asks);
  if (!card.open) {
    guardUnder(card);
    card.showModal();
  }
  if (asks) return asking(state);
  card.querySelector(".heading").focus();
  begin(state, "");
}

// Somebody may have been told since this page came: then it does not say that nobody was.
function asking(state) {
  state.card.querySelector(".ask-first h2").focus();
  lookNow(state);
}

const isOpen = (card) => "open" in card.querySelector(".help-card").dataset;

function saidYes(event, state) {
  event.preventDefault();
  askFirst(state.card, false);
  state.card.querySelector(".heading").focus();
  begin(state, "");
}

function written(event, state) {
  event.preventDefault();
  const field = event.target.elements.note;
  if (!field.value.trim()) return field.focus();
  askFirst(state.card, false);
  begin(state, field.value);
  field.value = "";
}

function begin(state, note) {
  say(state.card, state.card.dataset.telling);
  sayBelow(state.card, "");
  keepAndSend(state, { ref: newRef(), kind: "help", at: Date.now(), room: state.room ?? "", note });
}

async function keepAndSend(state, call) {
  stopLooking(state);
  state.latest = call.ref;
  state.attempt = 0;
  const shelf = await state.shelf;
  await shelf.put(call).catch(() => {});
  await send(state, call);
}

async function sendKept(state) {
  const kept = (await (await state.shelf).all()).filter((call) => call.kind === "help");
  for (const call of kept) await send(state, call);
}

async function send(state, call) {
  try {
    const answer = await post(call);
    if (answer.status >= 500 || answer.status === 429 || answer.status === 401) throw new Error("later");
    const body = await answer.json();
    await (await state.shelf).remove(call.ref);
    if (call.ref !== state.latest) return lookForAsks();
    const { note } = call;
    const { telling, nobody } = state.card.dataset;
    const message = "quiet" in state.card.dataset ? telling : body.message;
    say(state.card, answer.ok ? message : nobody, { written: answer.ok && note });
    sayBelow(state.card, note && (answer.ok ? sentNote(state.card, note) : nobody));
    if (answer.ok) lookNow(state);
  } catch {
    if (call.ref === state.latest && call.note) sayBelow(state.card, state.card.dataset.trying);
    if (call.ref === state.latest) say(state.card, state.card.dataset.nobody, { trying: state.card.dataset.trying });
    clearTimeout(state.timer);
    state.timer = setTimeout(() => sendKept(state), waitBefore(state.attempt++));
  }
}

function lookNow(state) {
  stopLooking(state);
  state.looking = setTimeout(() => look(state), 0);
}

function lookAgain(state) {
  stopLooking(state);
  if (state.stays || state.card.open) state.looking = setTimeout(() => look(state), LOOK_EVERY);
}

function stopLooking(state) {
  clearTimeout(state.looking);
  state.looking = null;
}

async function look(state) {
  const mine = state.looking;
  const answer = await ask("/api/help").catch(() => null);
  if (mine !== state.looking) return;
  if (answer?.ok) paint(state.card, answer.body);
  if (answer?.ok && !answer.body.open) state.latest = null;
  lookAgain(state);
}

// Are you at home, ring me, it was a mistake: told to the house without leaving the page one is on.
function readyAnswers(card, after) {
  for (const form of card.querySelectorAll(".help-answer")) form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(form));
    const button = event.submitter ?? form.querySelector("button");
    const answer = await ask(form.dataset.api, { method: "POST", body: { ...said, [button.name]: button.value } }).catch(() => null);
    const lost = form.closest(".asked-after") ? "asked" : "small";
    for (const place of card.querySelectorAll(".not-reached")) {
      place.hidden = Boolean(answer?.ok) || place.dataset.of !== lost;
      place.textContent = place.hidden ? "" : place.dataset.says;
    }
    const heard = card.querySelector(".heard");
    if (!answer?.ok) return void (heard.textContent = "");
    paint(card, answer.body);
    heard.textContent = heard.dataset.heard;
    if (form.matches(".lowers")) goTo(card.querySelector(".told-now"));
    after();
  });
}

// What is true now stands above: they are taken there, and it is read to who cannot see it.
function goTo(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

async function post({ ref, room, note, at }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  const body = JSON.stringify({ ref, pressed_at: new Date(at).toISOString(), ...(room && { room }), ...(note && { note }) });
  try {
    const headers = { "Content-Type": "application/json" };
    return await fetch("/api/help", { method: "POST", body, headers, signal: stop.signal, keepalive: true });
  } finally {
    clearTimeout(timer);
  }
}
