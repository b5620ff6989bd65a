// "Harold is writing…": told at most once in three seconds, forgotten after six.
import { counted, listed } from "./words.js";

const TELL_EVERY = 3000;
const FORGET_AFTER = 6000;

export function tellTyping(field, send) {
  let told = 0;
  field.addEventListener("input", () => {
    if (!field.value.trim() || Date.now() - told < TELL_EVERY) return;
    told = Date.now();
    send();
  });
}

export function showTyping(place) {
  const writing = new Map();

  function show() {
    const names = [...writing.values()].map((one) => one.name);
    place.textContent = names.length ? counted("typing", names.length, { name: names[0], names: listed(names) }) : "";
  }

  function stop(id) {
    clearTimeout(writing.get(id)?.timer);
    writing.delete(id);
    show();
  }

  function hear(person) {
    clearTimeout(writing.get(person.id)?.timer);
    writing.set(person.id, { name: person.name, timer: setTimeout(() => stop(person.id), FORGET_AFTER) });
    show();
  }

  return { hear, stop };
}
