// The page for when there is no network: how many words wait on this tablet, and back as soon as the house answers.
import { wordsOnTheWay } from "./on_the_way.js";
import { waitBefore } from "./waiting_longer.js";

const ANSWER_WITHIN = 4000;
const place = document.getElementById("kept");
const card = document.getElementById("help-now");
let attempt = 0;
let timer = null;

async function countKept() {
  const words = (await wordsOnTheWay()).length;
  place.hidden = !words;
  place.textContent = words === 1 ? place.dataset.one : place.dataset.many.replace("{count}", words);
}

async function lookForTheHouse() {
  clearTimeout(timer);
  if (!card?.open && (await answers())) return goBack();
  timer = setTimeout(lookForTheHouse, waitBefore(attempt++));
}

async function answers() {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  const answer = await fetch("/health/live", { cache: "no-store", signal: stop.signal }).catch(() => null);
  clearTimeout(late);
  return answer?.ok;
}

// This page stands at the address of the one that was wanted.
function goBack() {
  if (location.pathname === "/offline") location.replace("/");
  else location.reload();
}

document.getElementById("try-again").addEventListener("click", (event) => {
  event.preventDefault();
  goBack();
});
addEventListener("online", lookForTheHouse);
if (place) countKept();
lookForTheHouse();
