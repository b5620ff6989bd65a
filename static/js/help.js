// I need help now. The form works by itself; this shows the numbers at once, says only what is true, keeps the tap on
// the tablet until the house has it, and sends it again with the same ref. While the card is open it asks how the
// call stands, so that one sees when somebody has seen it.
import { ask } from "./asking.js";
import { openShelf } from "./kept.js";
import { newRef } from "./refs.js";
import { waitBefore } from "./waiting_longer.js";

const ANSWER_WITHIN = 8000;
const LOOK_EVERY = 2000;

export function readyHelp() {
  const card = document.getElementById("help-now");
  if (!card?.showModal) return;
  const state = { card, shelf: openShelf(), attempt: 0, timer: null, latest: null, looking: null };
  for (const form of document.querySelectorAll(".help-form")) form.addEventListener("submit", (event) => tapped(event, state));
  card.querySelector(".help-note").addEventListener("submit", (event) => written(event, state));
  card.addEventListener("close", () => stopLooking(state));
  addEventListener("online", () => sendKept(state));
  sendKept(state);
}

function tapped(event, state) {
  event.preventDefault();
  say(state.card, state.card.dataset.telling);
  if (!state.card.open) state.card.showModal();
  state.card.querySelector("h2").focus();
  keepAndSend(state, event.target, "");
}

function written(event, state) {
  event.preventDefault();
  const field = event.target.elements.note;
  if (!field.value.trim()) return field.focus();
  say(state.card, state.card.dataset.telling);
  keepAndSend(state, event.target, field.value);
  field.value = "";
}

async function keepAndSend(state, form, note) {
  const call = { ref: newRef(), kind: "help", at: Date.now(), room: form.elements.room?.value ?? "", note };
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
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const body = await answer.json();
    await (await state.shelf).remove(call.ref);
    if (call.ref !== state.latest) return;
    say(state.card, body.message ?? state.card.dataset.nobody, { written: answer.ok && call.note });
    if (answer.ok) lookAgain(state);
  } catch {
    if (call.ref === state.latest) say(state.card, state.card.dataset.nobody, { trying: state.card.dataset.trying });
    clearTimeout(state.timer);
    state.timer = setTimeout(() => sendKept(state), waitBefore(state.attempt++));
  }
}

function lookAgain(state) {
  stopLooking(state);
  if (state.card.open) state.looking = setTimeout(() => look(state), LOOK_EVERY);
}

function stopLooking(state) {
  clearTimeout(state.looking);
  state.looking = null;
}

async function look(state) {
  const mine = state.looking;
  const answer = await ask("/api/help").catch(() => null);
  if (mine !== state.looking) return;
  if (answer?.ok && !answer.body.open) return;
  const told = state.card.querySelector(".told-now");
  if (answer?.ok && told.textContent !== answer.body.message) told.textContent = answer.body.message;
  if (answer?.ok) showTheWay(state.card, answer.body.room);
  lookAgain(state);
}

function showTheWay(card, room) {
  const way = card.querySelector(".come-here");
  way.hidden = !room;
  if (room) way.href = `/rooms/${encodeURIComponent(room)}#newest`;
}

async function post({ ref, room, note, at }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  const body = JSON.stringify({ ref, pressed_at: new Date(at).toISOString(), ...(room && { room }), ...(note && { note }) });
  try {
    const headers = { "Content-Type": "application/json" };
    return await fetch("/api/help", { method: "POST", body, headers, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

function say(card, message, { trying = "", written = false } = {}) {
  card.querySelector(".told-now").textContent = message;
  card.querySelector(".written").hidden = !written;
  const line = card.querySelector(".trying");
  line.textContent = trying;
  line.hidden = !trying;
}
