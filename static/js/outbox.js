// Words on their way. Each is kept on the tablet before anything is sent, and leaves it only when the house has said
// what became of it. They go one after another, in order, with the same ref every time; an open socket is no proof.
import { waitBefore } from "./waiting_longer.js";

const ANSWER_WITHIN = 8000;
const TOO_OLD_TO_GO_UNASKED = 24 * 3600 * 1000;
const RETRIED = new Set(["too_fast", "try_again"]);
const LOOK_AT_A_PAUSE = 15000;
const SETTLED = new Set(["declined", "refused", "old"]);
const ON_THE_WAY = new Set(["sending", "kept"]);

export function openOutbox({ shelf, sendByWire, sendByHttp, onSilence, onChange }) {
  const box = { items: [], asking: null, timer: null, attempt: 0, notBefore: 0 };

  async function load(person, room) {
    const all = await shelf.all();
    const mine = all.filter((item) => item.person === person && item.room === room && item.kind === "words");
    box.items = mine.sort((one, other) => one.at - other.at || one.order - other.order);
    box.items.forEach((item) => item.state === "sending" && (item.state = "kept"));
    box.items.filter(isOld).forEach((item) => (item.state = "old"));
    box.items.forEach(onChange);
  }

  function adopt(item) {
    if (box.items.some((other) => other.ref === item.ref)) return;
    box.items.push({ ...item, kind: "words", order: box.items.length, asked: true });
  }

  async function add(item) {
    const fresh = { ...item, kind: "words", at: Date.now(), order: box.items.length, state: "sending" };
    box.items.push(fresh);
    onChange(fresh);
    await shelf.put(fresh).catch(() => {});
    pump();
  }

  // What was kept for more than a day may no longer be meant: it waits until its writer says so.
  const isOld = (item) => ON_THE_WAY.has(item.state) && !item.meant && Date.now() - item.at > TOO_OLD_TO_GO_UNASKED;

  function noticeOld() {
    for (const item of box.items.filter((item) => item !== box.asking && isOld(item))) {
      item.state = "old";
      onChange(item);
    }
  }

  function sendOld(ref) {
    const item = box.items.find((other) => other.ref === ref);
    Object.assign(item, { meant: true, state: "kept" });
    onChange(item);
    shelf.put(item).catch(() => {});
    pump();
  }

  function pump() {
    noticeOld();
    if (box.asking || Date.now() < box.notBefore) return;
    const next = box.items.find((item) => !SETTLED.has(item.state) && !item.asked);
    if (!next) return;
    clearTimeout(box.timer);
    box.asking = next;
    if (sendByWire(next)) box.timer = setTimeout(() => silence(next), ANSWER_WITHIN);
    else askByHttp(next);
  }

  function silence(item) {
    onSilence();
    if (box.asking === item) askByHttp(item);
  }

  async function askByHttp(item) {
    try {
      answered(await sendByHttp(item));
    } catch {
      if (box.asking === item) later(item);
    }
  }

  // An answer from either way: {ref, outcome: said | held | declined | refused | later | sign_in, …}
  function answered({ ref, outcome, message, waiting, retryAfter, paused }) {
    const item = box.items.find((other) => other.ref === ref);
    if (!item) return false;
    Object.assign(item, { paused: Boolean(paused), message: message ?? "" });
    if (outcome === "later") {
      later(item, retryAfter);
      return true;
    }
    box.attempt = 0;
    if (outcome === "said") forget(item);
    else settle(item, { state: outcome, message: message ?? "", waiting: waiting ?? "" });
    if (box.asking === item) release();
    return true;
  }

  function settle(item, change) {
    Object.assign(item, change, { asked: true });
    onChange(item);
    shelf.put({ ...item, asked: false });
  }

  function forget(item) {
    box.items = box.items.filter((other) => other !== item);
    onChange({ ...item, state: "said" });
    shelf.remove(item.ref);
  }

  function release() {
    box.asking = null;
    clearTimeout(box.timer);
    pump();
  }

  function later(item, retryAfter) {
    box.asking = null;
    clearTimeout(box.timer);
    if (item.state !== "held") {
      item.state = "kept";
      onChange(item);
    }
    const wait = retryAfter ?? waitBefore(box.attempt++);
    box.notBefore = Date.now() + wait;
    box.timer = setTimeout(pump, wait + 5);
  }

  // The line is back, or somebody tapped "Try again now": do not wait for the timer. What was held may have been
  // decided while nobody listened, so it is asked about again.
  function hurry() {
    box.items.forEach((item) => item.state === "held" && (item.asked = false));
    box.asking = null;
    box.attempt = box.notBefore = 0;
    clearTimeout(box.timer);
    pump();
  }

  async function take(ref) {
    const item = box.items.find((other) => other.ref === ref);
    box.items = box.items.filter((other) => other.ref !== ref);
    await shelf.remove(ref);
    if (box.asking?.ref === ref) release();
    return item;
  }

  return { load, adopt, add, pump, sendOld, answered, hurry, take, items: () => box.items };
}

export function outcomeOfFrame(frame) {
  const { ref, message, waiting, code } = frame;
  if (frame.type !== "refused") return { ref, outcome: frame.type, message, waiting };
  if (frame.paused) return { ref, outcome: "later", retryAfter: LOOK_AT_A_PAUSE, message, paused: true };
  if (RETRIED.has(code)) return { ref, outcome: "later", retryAfter: frame.retry_after_ms };
  return { ref, outcome: "refused", message };
}

export function outcomeOfAnswer(ref, status, body, signInAgain) {
  if (status === 200 || status === 201) return { ref, outcome: "said" };
  if (status === 202) return { ref, outcome: "held", message: body.message, waiting: body.waiting };
  if (status === 401) return signInAgain(ref);
  if (body.paused) return { ref, outcome: "later", retryAfter: LOOK_AT_A_PAUSE, message: body.detail, paused: true };
  if (body.code === "declined") return { ref, outcome: "declined", message: body.detail };
  if (status >= 500 || status === 429 || RETRIED.has(body.code)) {
    return { ref, outcome: "later", retryAfter: body.retry_after_ms };
  }
  return { ref, outcome: "refused", message: body.detail };
}
