// The room, live: one line to the house, the book of what was said, and the words that are on their way.
import { readyActs } from "./acts.js";
import { forgetCalls, showAlert } from "./alerts.js";
import { ask } from "./asking.js";
import { readyComposer } from "./composer.js";
import { entriesList } from "./entries_list.js";
import { followCall, lookForAsks, showAsks } from "./help_asks.js";
import { liftAboveKeyboard } from "./keyboard.js";
import { openShelf } from "./kept.js";
import { readyLine } from "./line.js";
import { connect } from "./live.js";
import { openOutbox, outcomeOfAnswer, outcomeOfFrame } from "./outbox.js";
import { watchPause } from "./pausing.js";
import { peopleOf } from "./people.js";
import { offerReading } from "./read_aloud.js";
import { readyBook } from "./room_book.js";
import { watchEnd } from "./scrolling.js";
import { humane } from "./times.js";
import { showTyping, tellTyping } from "./typing.js";
import { articleFor, showUnsent, tendUnsent, waitingOnPage } from "./unsent.js";
import { word } from "./words.js";

const LOOK_EVERY = 15000;
const SHOW_AGE_EVERY = 30000;

const at = (id) => document.getElementById(id);
const { room, me, ...page } = at("main").dataset;
const base = `/rooms/${room}`;
const unsent = at("unsent");
const line = readyLine(at("line"));
const people = peopleOf(at("here"));
const typing = showTyping(at("typing"));
const pause = watchPause(at("paused"), () => outbox.hurry());
const end = watchEnd({ composer: at("composer"), button: at("new-words") });
const state = { epoch: page.epoch, asked: undefined, up: false, seen: 0 };
const context = { me, base, roleOf: people.roleOf, person: people.person, now: Date.now, entryAt: (seq) => book.entryAt(seq) };
const list = entriesList(at("entries"), context);
const announcer = at("announcer");
const book = readyBook({ page, room, me, list, end, announcer, onOwn: settle, onShown: markSeen, onAway: line.down });
let composer = null;
let live = null;
let outbox = null;

function say({ ref, text, replyTo }) {
  outbox.add({ ref, text, replyTo, person: me, room });
  end.toEnd();
}

function bodyOf({ ref, text, replyTo }) {
  return { ref, text, ...(replyTo && { reply_to: replyTo }) };
}

async function sayByHttp(item) {
  const answer = await ask(`/api/rooms/${room}/entries`, { method: "POST", body: bodyOf(item) });
  if (answer.status === 401) signIn();
  if (answer.ok) Promise.all([book.look(), HEAR.asked()]);
  return outcomeOfAnswer(item.ref, answer.status, answer.body);
}

function open() {
  state.asked = book.version() || undefined;
  live.send({ type: "open", room, ...(state.asked && { after: state.asked, epoch: state.epoch }) });
}

const answered = (frame) => outbox.answered(outcomeOfFrame(frame));

const HEAR = {
  opened(frame) {
    people.learn(frame.people);
    pause.show(frame.paused);
    line.up();
    if (!frame.can.includes("say")) nobodyWrites();
    book.opened(frame, state.asked);
    if (!frame.repair) outbox.hurry();
  },
  entry(frame) {
    typing.stop(frame.author.id);
    pause.hear(frame);
    if (frame.kind === "notice" && frame.data?.what === "ended") nobodyWrites();
    if (page.kind === "help" && frame.author.id !== me) lookForAsks(end);
    if (book.entry(frame)) open();
  },
  presence(frame) {
    people.showHere(frame.here);
    if (people.areNew(frame.here)) open();
  },
  seen(frame) {
    const person = people.person(frame.person);
    if (page.kind === "pair" && person.id !== me) list.readTo(frame.seq, word("seen", { name: person.name }));
  },
  typing(frame) {
    const person = people.person(frame.person);
    if (person.id !== me) typing.hear(person);
  },
  closed(frame) {
    live.end();
    at("put-out").querySelector(".why").textContent = humane(frame.message);
    at("put-out").hidden = false;
    for (const place of ["book", "composer", "here"]) at(place).hidden = true;
  },
  refused(frame) {
    if (frame.ref && answered(frame)) return;
    line.tell(frame.message);
    if (!frame.ref && frame.retry_after_ms) setTimeout(open, frame.retry_after_ms);
  },
  asked: () => lookForAsks(end),
  said: answered,
  held: answered,
  declined: answered,
};

function hear(frame) {
  if (frame.type === "alert") return showAlert(frame);
  if (!frame.room || frame.room === room) HEAR[frame.type]?.(frame);
}

// The talk is over: the house takes no more words here.
function nobodyWrites() {
  if (at("say")) at("say").hidden = true;
}

// My words have come into the book, by whatever way: they are no longer on their way.
function settle(entry) {
  outbox.answered({ ref: entry.ref, outcome: "said" });
  articleFor(unsent, entry.ref)?.remove();
}

// Words whose answer was lost stand in the book already.
function settleWhatIsShown() {
  for (const { ref } of outbox.items()) {
    if (document.querySelector(`#entries [data-ref="${CSS.escape(ref)}"]`)) settle({ ref });
  }
}

function markSeen() {
  const seq = list.newestSeq();
  if (document.visibilityState !== "visible" || seq <= state.seen || !end.atEnd()) return;
  if (live.send({ type: "seen", room, seq })) state.seen = seq;
}

function showItem(item) {
  const arrived = item.state === "said" && document.querySelector(`#entries [data-ref="${CSS.escape(item.ref)}"]`);
  end.change(() => showUnsent(unsent, arrived ? { ...item, state: "gone" } : item, base));
}

async function showOlder(event) {
  event.preventDefault();
  if (!(await book.older())) at("older").remove();
}

async function changeWords(ref) {
  const item = await throwAway(ref);
  if (item && composer) composer.giveBack(item.text);
}

async function throwAway(ref) {
  const item = await outbox.take(ref);
  articleFor(unsent, ref)?.remove();
  return item;
}

function signIn() {
  line.tell(word("signIn"));
  location.assign("/card");
}

function goLive() {
  return connect({
    onFrame: hear,
    onSignIn: signIn,
    onUp(welcome) {
      state.up = true;
      forgetCalls();
      open();
      state.epoch = welcome.epoch;
    },
    onDown() {
      state.up = false;
      line.down();
    },
  });
}

async function start() {
  outbox = openOutbox({
    shelf: await openShelf(),
    sendByWire: (item) => state.up && live.send({ type: "say", room, ...bodyOf(item) }),
    sendByHttp: sayByHttp,
    onChange: showItem,
    onSilence() {
      line.away();
      live.drop();
    },
  });
  await outbox.load(me, room);
  settleWhatIsShown();
  waitingOnPage(unsent).forEach((item) => outbox.adopt({ ...item, person: me, room }));
  composer = readyComposer({ person: me, room, onSay: say, onEmpty: () => line.tell(word("nothingToSend")) });
  live = goLive();
  const send = (frame) => live.send(frame);
  readyActs({ book: at("book"), room, send, line, end, entryAt: book.entryAt, composer, onWithdrawn: changeWords });
  tendUnsent(unsent, { onChangeWords: changeWords, onThrowAway: throwAway, onAgain: () => outbox.hurry(), onSendNow: outbox.sendOld });
  offerReading(at("read-aloud"), { say: line.tell });
  if (composer) tellTyping(composer.field, () => send({ type: "typing", room }));
  liftAboveKeyboard(end);
  at("older")?.addEventListener("click", showOlder);
  addEventListener("scroll", markSeen, { passive: true });
  document.addEventListener("visibilitychange", markSeen);
  setInterval(() => state.up || book.look(), LOOK_EVERY);
  setInterval(() => outbox.items().forEach(showItem), SHOW_AGE_EVERY);
  followCall(end);
  end.toEnd();
  showAsks(end);
}

start();
