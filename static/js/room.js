// The room, live: one line to the house, the book of what was said, and the words that are on their way.
import { readyActs } from "./acts.js";
import { showAlert } from "./alerts.js";
import { ask } from "./asking.js";
import { applyEntry, applyHistory, applyOpened, emptyBook, inOrder } from "./book.js";
import { readyComposer } from "./composer.js";
import { entriesList } from "./entries_list.js";
import { liftAboveKeyboard } from "./keyboard.js";
import { openShelf } from "./kept.js";
import { readyLine } from "./line.js";
import { connect } from "./live.js";
import { openOutbox, outcomeOfAnswer, outcomeOfFrame } from "./outbox.js";
import { peopleOf } from "./people.js";
import { offerReading } from "./read_aloud.js";
import { watchEnd } from "./scrolling.js";
import { showTyping, tellTyping } from "./typing.js";
import { articleFor, showUnsent, tendUnsent, waitingOnPage } from "./unsent.js";
import { counted, word } from "./words.js";

const LOOK_EVERY = 15000;
const SHOW_AGE_EVERY = 30000;

const at = (id) => document.getElementById(id);
const { room, me, ...page } = document.getElementById("main").dataset;
const base = `/rooms/${room}`;
const unsent = at("unsent");
const line = readyLine(at("line"));
const people = peopleOf(at("here"));
const typing = showTyping(at("typing"));
const end = watchEnd({ composer: at("composer"), button: at("new-words") });
const state = { book: { ...emptyBook(Number(page.version)), more: page.more === "yes" }, epoch: page.epoch, asked: undefined, up: false, seen: 0 };
const list = entriesList(at("entries"), { me, base, entryAt, roleOf: people.roleOf, person: people.person, now: Date.now });
const composer = readyComposer({ person: me, room, onSay: say, onEmpty: () => line.tell(word("nothingToSend")) });
let live = null;
let outbox = null;

function entryAt(seq) {
  return seq ? (state.book.entries.get(seq) ?? list.onPage(seq)) : undefined;
}

function say({ ref, text, replyTo }) {
  outbox.add({ ref, text, replyTo, person: me, room });
  end.toEnd();
}

function frameOf({ ref, text, replyTo }) {
  return { type: "say", room, ref, text, ...(replyTo && { reply_to: replyTo }) };
}

async function sayByHttp({ ref, text, replyTo }) {
  const body = { ref, text, ...(replyTo && { reply_to: replyTo }) };
  const answer = await ask(`/api/rooms/${room}/entries`, { method: "POST", body });
  if (answer.status === 401) signIn();
  if (answer.ok) look();
  return outcomeOfAnswer(ref, answer.status, answer.body);
}

function open() {
  state.asked = state.book.version || undefined;
  live.send({ type: "open", room, ...(state.asked && { after: state.asked, epoch: state.epoch }) });
}

const HEAR = {
  opened(frame) {
    const { book, changed, afresh } = applyOpened(state.book, frame, state.asked);
    state.book = book;
    people.learn(frame.people);
    line.up();
    show(changed, afresh);
    if (!frame.repair) outbox.hurry();
  },
  entry(frame) {
    const { book, changed, missing } = applyEntry(state.book, frame);
    state.book = book;
    typing.stop(frame.author.id);
    show(changed);
    if (missing) open();
  },
  presence: (frame) => people.showHere(frame.here),
  typing: (frame) => people.person(frame.person).id !== me && typing.hear(people.person(frame.person)),
  closed: (frame) => over(frame.message),
  refused(frame) {
    if (frame.ref && outbox.answered(outcomeOfFrame(frame))) return;
    line.tell(frame.message);
    if (!frame.ref && frame.retry_after_ms) setTimeout(open, frame.retry_after_ms);
  },
  said: (frame) => outbox.answered(outcomeOfFrame(frame)),
  held: (frame) => outbox.answered(outcomeOfFrame(frame)),
  declined: (frame) => outbox.answered(outcomeOfFrame(frame)),
};

function hear(frame) {
  if (frame.type === "alert") return showAlert(frame);
  if (frame.room && frame.room !== room) return;
  HEAR[frame.type]?.(frame);
}

function show(changed, afresh = false) {
  const newest = list.newestSeq();
  const fresh = changed.filter((entry) => entry.seq > newest && entry.author.id !== me);
  const draw = () => {
    if (afresh) list.start(inOrder(state.book));
    else list.show(changed.filter((entry) => entry.seq >= list.oldest() || entry.seq > newest));
    changed.forEach(settleOwn);
  };
  end.change(draw, { added: fresh.length });
  announce(fresh);
  markSeen();
}

function settleOwn(entry) {
  if (entry.author.id !== me || !entry.ref) return;
  outbox.answered({ ref: entry.ref, outcome: "said" });
  articleFor(unsent, entry.ref)?.remove();
}

function announce(fresh) {
  if (!fresh.length) return;
  const [only] = fresh;
  at("announcer").textContent =
    fresh.length > 2 ? counted("new", fresh.length) : word("said", { name: only.author.name, words: only.text ?? "" });
}

function markSeen() {
  const seq = list.newestSeq();
  if (document.visibilityState !== "visible" || seq <= state.seen || !end.atEnd()) return;
  if (live.send({ type: "seen", room, seq })) state.seen = seq;
}

function showItem(item) {
  const stillComing = item.state === "said" && !document.querySelector(`#entries [data-ref="${CSS.escape(item.ref)}"]`);
  end.change(() => showUnsent(unsent, item.state === "said" && !stillComing ? { ...item, state: "gone" } : item, base));
}

// Where the line does not come up, plain requests do its work.
async function look() {
  try {
    const { ok, body } = await ask(`/api/rooms/${room}/entries?limit=50`);
    if (!ok) return;
    const { book, changed } = applyHistory(state.book, body.entries);
    state.book = book;
    show(changed);
  } catch {
    line.down();
  }
}

async function showOlder(event) {
  event.preventDefault();
  try {
    const { ok, body } = await ask(`/api/rooms/${room}/entries?limit=50&before=${list.oldest()}`);
    if (!ok) return line.away();
    const { book } = applyHistory(state.book, body.entries, body.more);
    state.book = book;
    end.change(() => list.show(body.entries));
    if (!body.more) at("older").remove();
  } catch {
    line.away();
  }
}

async function changeWords(ref) {
  const item = await outbox.take(ref);
  articleFor(unsent, ref)?.remove();
  if (item && composer) composer.giveBack(item.text);
}

async function throwAway(ref) {
  await outbox.take(ref);
  articleFor(unsent, ref)?.remove();
}

function over(message) {
  live.end();
  line.tell(message);
  at("say")?.querySelectorAll("button, textarea").forEach((control) => (control.disabled = true));
}

function signIn() {
  line.tell(word("signIn"));
  location.assign("/card");
}

async function start() {
  outbox = openOutbox({
    shelf: await openShelf(),
    sendByWire: (item) => state.up && live.send(frameOf(item)),
    sendByHttp: sayByHttp,
    onSilence() {
      line.away();
      live.drop();
    },
    onChange: showItem,
  });
  live = connect({
    onFrame: hear,
    onUp(welcome) {
      state.up = true;
      open();
      state.epoch = welcome.epoch;
    },
    onDown() {
      state.up = false;
      line.down();
    },
    onSignIn: signIn,
  });
  const send = (frame) => live.send(frame);
  readyActs({ book: at("book"), room, send, line, end, entryAt, composer, onWithdrawn: changeWords });
  tendUnsent(unsent, { onChangeWords: changeWords, onThrowAway: throwAway, onAgain: () => outbox.hurry() });
  offerReading(at("read-aloud"), { say: line.tell });
  if (composer) tellTyping(composer.field, () => live.send({ type: "typing", room }));
  liftAboveKeyboard(end);
  at("older")?.addEventListener("click", showOlder);
  addEventListener("scroll", markSeen, { passive: true });
  document.addEventListener("visibilitychange", markSeen);
  setInterval(() => state.up || look(), LOOK_EVERY);
  setInterval(() => outbox.items().forEach(showItem), SHOW_AGE_EVERY);
  await outbox.load(me, room);
  waitingOnPage(unsent).forEach(outbox.adopt);
  end.toEnd();
}

if (at("composer")) start();
