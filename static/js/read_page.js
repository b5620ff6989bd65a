// "Read this to me": the words of this page aloud, a sentence at a time, where the browser can speak.
import { sentencesOf, speak } from "./read_aloud.js";

const button = document.getElementById("read-page");
if (button && "speechSynthesis" in window && "SpeechSynthesisUtterance" in window) offer(button);

function offer(button) {
  const words = button.textContent;
  const stop = () => {
    speechSynthesis.cancel();
    button.textContent = words;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return stop();
    const spoken = [...document.querySelectorAll("[data-read] :is(h2, p), .answers-large .button")];
    const sentences = spoken.flatMap((one) => sentencesOf(one.textContent));
    button.textContent = button.dataset.stop;
    sentences.forEach((sentence, place) => speak(sentence, place === sentences.length - 1 ? stop : null));
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
