// On a shared tablet what one has begun to write is kept in the house, sealed, one request after another.
import { ask } from "./asking.js";

const SOON = 1500;
const begun = new Map();

export function keepInTheHouse(field, room) {
  const draft = { room, field, kept: field.value.trim(), timer: null, turn: Promise.resolve() };
  begun.set(room, draft);
  field.addEventListener("input", () => keepSoon(draft));
  return { clear: () => keepSoon(draft) };
}

// All that is begun on this page, with words that were on their way in front; throws where the house is away.
export async function keepAllInTheHouse(onTheirWay) {
  for (const draft of begun.values()) {
    clearTimeout(draft.timer);
    await keep(draft, onTheirWay);
  }
}

function keepSoon(draft) {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => keep(draft).catch(() => keepSoon(draft)), SOON);
}

function keep(draft, before = []) {
  draft.turn = draft.turn.catch(() => {}).then(() => tell(draft, before));
  return draft.turn;
}

async function tell(draft, before) {
  const text = [...before, draft.field.value.trim()].filter(Boolean).join("\n");
  if (text === draft.kept) return;
  const answer = await ask(address(draft), { method: "POST", body: { text } });
  if (answer.status >= 500) throw new Error("away");
  draft.kept = text;
}

// The page goes away: no answer can be waited for.
addEventListener("pagehide", () => {
  for (const draft of begun.values()) {
    const text = draft.field.value.trim();
    if (text === draft.kept) continue;
    const headers = { "Content-Type": "application/json" };
    fetch(address(draft), { method: "POST", headers, body: JSON.stringify({ text }), keepalive: true }).catch(() => {});
  }
});

const address = (draft) => `/api/rooms/${draft.room}/draft`;
