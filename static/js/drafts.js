// What somebody has begun to write, kept at every letter, for this person and this room on this tablet; on a shared
// tablet it is kept in the house.
import { keepInTheHouse } from "./house_drafts.js";
import { shared } from "./shared.js";

const PREFIX = "hearthside-draft";

export function keepDraft(field, person, room) {
  if (shared) return keepInTheHouse(field, room);
  const key = `${PREFIX}:${person}:${room}`;
  if (!field.value) field.value = read(key);
  field.addEventListener("input", () => write(key, field.value));
  return { clear: () => write(key, "") };
}

export function forgetDrafts() {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    return;
  }
}

function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key, words) {
  try {
    if (words) localStorage.setItem(key, words);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}
