// Reads from the first message in sight to the end, the name first. Only where the browser can speak.
import { word } from "./words.js";

export function offerReading(button, { say }) {
  if (!button || !("speechSynthesis" in window) || !("SpeechSynthesisUtterance" in window)) return;
  button.hidden = false;
  button.addEventListener("click", () => (speechSynthesis.speaking ? stop() : read()));
  addEventListener("pagehide", () => speechSynthesis.cancel());

  function stop() {
    speechSynthesis.cancel();
    button.textContent = word("readAloud");
  }

  function read() {
    speechSynthesis.cancel();
    const sentences = inSight().flatMap(spoken);
    if (!sentences.length) return;
    button.textContent = word("stopReading");
    say(word("near"));
    sentences.forEach((sentence, place) => speak(sentence, place === sentences.length - 1 ? stop : null));
  }
}

export function speak(sentence, onEnd) {
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.lang = document.documentElement.lang;
  utterance.rate = 0.9;
  if (onEnd) utterance.onend = utterance.onerror = onEnd;
  speechSynthesis.speak(utterance);
}

function inSight() {
  const all = [...document.querySelectorAll("#entries > .message")];
  const first = all.findIndex((article) => article.getBoundingClientRect().bottom > 160);
  return first < 0 ? all.slice(-1) : all.slice(first);
}

export const sentencesOf = (words) => (words.match(/[^.!?\n]+[.!?]*/g) ?? []).filter((one) => one.trim());

// Some voices stop in long texts, so a message is read a sentence at a time.
function spoken(article) {
  const words = article.querySelector(":scope > .words").textContent;
  const pieces = sentencesOf(words);
  if (article.classList.contains("notice")) return pieces;
  const name = article.querySelector(".name").textContent;
  return pieces.map((piece, place) => (place ? piece : word("said", { name, words: piece })));
}
