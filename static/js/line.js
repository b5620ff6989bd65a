// One line that says how it stands between this tablet and the house. A short cut is not worth a word.
import { humane } from "./times.js";
import { word } from "./words.js";

const WORTH_SAYING = 2500;

export function readyLine(place) {
  let timer = null;

  function tell(sentence) {
    clearTimeout(timer);
    timer = null;
    place.textContent = humane(sentence);
  }

  return {
    tell,
    up: () => tell(word("connected")),
    away: () => tell(word("connecting")),
    down() {
      timer ??= setTimeout(() => tell(word("connecting")), WORTH_SAYING);
    },
  };
}
