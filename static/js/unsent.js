// Words that are not in the book yet, each with what is true about it, in words, on the message itself.
import { clockTime, humane, spokenTime } from "./times.js";
import { word } from "./words.js";

const LONG = 60 * 1000;

export function showUnsent(list, item, base) {
  const known = articleFor(list, item.ref);
  if (item.state === "gone") {
    known?.remove();
    return;
  }
  const article = known ?? list.appendChild(build(item));
  article.querySelector(".words").textContent = item.text;
  article.querySelector(".state").textContent = stateOf(item);
  const settled = item.state === "declined" || item.state === "refused";
  article.querySelector(".again").hidden = item.state !== "kept" || item.paused;
  article.querySelector(".change").hidden = !settled;
  article.querySelector(".send-now").hidden = item.state !== "old";
  article.querySelector(".throw-away").hidden = !settled && item.state !== "old";
  const withdraw = article.querySelector(".withdraw");
  withdraw.hidden = item.state !== "held";
  if (item.waiting) withdraw.action = `${base}/waiting/${item.waiting}/withdraw`;
  Object.assign(article.dataset, { state: item.state, waiting: item.waiting ?? "" });
}

export function articleFor(list, ref) {
  return [...list.children].find((article) => article.dataset.ref === ref);
}

export function tendUnsent(list, { onChangeWords, onThrowAway, onAgain, onSendNow }) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button) return;
    const { ref } = button.closest("article").dataset;
    if (button.classList.contains("change")) onChangeWords(ref);
    if (button.classList.contains("throw-away")) onThrowAway(ref);
    if (button.classList.contains("again")) onAgain();
    if (button.classList.contains("send-now")) onSendNow(ref);
  });
}

// What the page already showed as waiting, perhaps written on another tablet.
export function waitingOnPage(list) {
  return [...list.children].map((article) => ({
    ref: article.dataset.ref,
    waiting: article.dataset.waiting,
    text: article.querySelector(".words").textContent,
    message: article.querySelector(".state").textContent,
    at: Date.parse(article.querySelector("time").dateTime),
    state: "held",
  }));
}

function build(item) {
  const article = document.getElementById("unsent-one").content.firstElementChild.cloneNode(true);
  article.dataset.ref = item.ref;
  const time = article.querySelector("time");
  time.dateTime = new Date(item.at).toISOString();
  time.textContent = clockTime(new Date(item.at));
  return article;
}

function stateOf(item) {
  if (item.state === "sending") return word("sending");
  if (item.state === "said") return word("sent");
  if (item.state === "old") return word("old", { when: spokenTime(new Date(item.at).toISOString()) });
  if (item.state === "held") return humane(item.message);
  if (item.state === "kept" && item.paused) return humane(item.message);
  if (item.state === "kept" && Date.now() - item.at > LONG) {
    return word("keptSince", { time: clockTime(new Date(item.at)) });
  }
  if (item.state === "kept") return word("kept");
  return humane(item.message) || word("notSent");
}
