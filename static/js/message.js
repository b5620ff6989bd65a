// Fills the one markup of a message, cloned from its <template>. textContent only: words are words.
import { spokenTime } from "./times.js";
import { listed, saidHere, word } from "./words.js";

const PHRASES = { hear_you: "hearYou", thank_you: "thankYou", me_too: "meToo", well_done: "wellDone" };
const TAKE_BACK_FOR = 5 * 60 * 1000;

export function newMessage() {
  return document.getElementById("message").content.firstElementChild.cloneNode(true);
}

// `context`: {me, base, entryAt(seq), roleOf(id), person(id), now}
export function fillMessage(article, entry, context) {
  const mine = entry.author.id === context.me && entry.kind !== "notice";
  const gone = entry.state === "removed" ? whyGone(entry, mine, article) : "";
  article.id = `entry-${entry.seq}`;
  Object.assign(article.dataset, { seq: entry.seq, version: entry.version, author: entry.author.id, ref: entry.ref ?? "" });
  article.classList.toggle("mine", mine);
  article.classList.toggle("gone", Boolean(gone));
  article.classList.toggle("notice", entry.kind === "notice");
  fillHead(article, entry, mine, context);
  article.querySelector(":scope > .words").textContent = gone || saidHere(entry);
  fillQuote(article.querySelector(".quote"), context.entryAt(entry.reply_to));
  fillAnswers(article.querySelector(".answers"), entry.reactions, context);
  fillActs(article, entry, { mine, gone }, context);
  return article;
}

function fillHead(article, entry, mine, context) {
  article.querySelector(".name").textContent = mine ? word("you") : entry.author.name;
  article.querySelector(".role").textContent = context.roleOf(entry.author.id);
  const writtenBy = entry.data?.by_phone;
  article.querySelector(".by").textContent = writtenBy ? word("byPhone", { name: writtenBy.name }) : "";
  const time = article.querySelector("time");
  time.dateTime = entry.at;
  time.textContent = spokenTime(entry.at);
  article.querySelector(".state").textContent = mine && entry.state !== "removed" && isYoung(entry, context) ? word("sent") : "";
}

function whyGone(entry, mine, article) {
  if (entry.erased) return word("goneErased");
  if (entry.covered) return mine ? coveredMine(article) : word("goneCovered");
  if (entry.removed_by !== "author") return word("goneRemoved");
  return mine ? word("goneMine") : word("gone", { name: entry.author.name });
}

// My own words stay with me: this tablet had them before they were covered for the others.
function coveredMine(article) {
  const { textContent: words } = article.querySelector(":scope > .words");
  if (words && !article.classList.contains("gone")) article.dataset.own = words;
  return article.dataset.own ? `${word("goneCoveredMine")}\n“${article.dataset.own}”` : word("goneCoveredMine");
}

function isYoung(entry, context) {
  return context.now() - Date.parse(entry.at) < TAKE_BACK_FOR;
}

export function fillQuote(quote, answered) {
  quote.hidden = !answered;
  if (!answered) return;
  if (quote.tagName === "A") quote.href = `#entry-${answered.seq}`;
  quote.querySelector(".quote-name").textContent = answered.author.name;
  quote.querySelector(".words").textContent = answered.state === "removed" ? word("goneQuote") : saidHere(answered);
}

function fillAnswers(place, reactions = {}, { me, person }) {
  place.replaceChildren();
  for (const [key, phrase] of Object.entries(PHRASES)) {
    const people = (reactions[key] ?? []).map(person);
    const others = people.filter(({ id }) => id !== me).map(({ name }) => name);
    if (others.length) place.append(answerLine(listed(others), word(phrase + (others.length > 1 ? "Many" : "One"))));
    if (others.length < people.length) place.append(answerLine(word("you"), word(`${phrase}Mine`)));
  }
  place.hidden = !place.firstChild;
}

function answerLine(names, says) {
  const line = document.createElement("span");
  const who = document.createElement("b");
  line.className = "answer-line";
  who.append(Object.assign(document.createElement("bdi"), { textContent: names }));
  line.append(who, " ", says);
  return line;
}

function fillActs(article, entry, { mine, gone }, context) {
  const plain = entry.kind !== "notice" && !gone;
  const young = isYoung(entry, context);
  const act = (name, to, shown) => {
    const form = article.querySelector(name);
    form.hidden = !shown;
    form.action = `${context.base}/entries/${entry.seq}/${to}`;
  };
  act(".take-back", "remove", mine && plain && young);
  act(".put-back", "put-back", mine && entry.removed_by === "author" && young);
  fillAnswering(article.querySelector(".answer"), entry, plain && !mine, context);
  const desk = article.querySelector(".at-desk");
  if (desk) desk.href = `${context.base}/desk?seq=${entry.seq}#entry-${entry.seq}`;
}

function fillAnswering(details, entry, shown, context) {
  details.hidden = !shown;
  details.querySelector("summary").textContent = word("answer", { name: entry.author.name });
  details.querySelector(".reply").href = `${context.base}?answer=${entry.seq}#write`;
  for (const form of details.querySelectorAll("form.react")) {
    form.action = `${context.base}/entries/${entry.seq}/react`;
    const people = (entry.reactions?.[form.elements.reaction.value] ?? []).map(context.person);
    const mine = people.some(({ id }) => id === context.me);
    form.elements.on.value = mine ? "" : "yes";
    const button = form.querySelector("button");
    button.textContent = mine ? button.dataset.pressed : button.dataset.phrase;
  }
}
