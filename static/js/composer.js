// The one field: a draft kept at every letter, what is answered above it, Send below it.
import { keepDraft } from "./drafts.js";
import { fillQuote } from "./message.js";
import { offerPhrases } from "./phrases.js";
import { newRef } from "./refs.js";

const SOON = 1000;

export function readyComposer({ person, room, onSay, onEmpty }) {
  const form = document.getElementById("say");
  if (!form) return null;
  const field = form.elements.text;
  const answering = document.getElementById("answering");
  const replyTo = document.getElementById("reply-to");
  let sentAt = -Infinity;
  const draft = keepDraft(field, person, room);
  offerPhrases(document.getElementById("few-words-button"), document.getElementById("few-words"), field);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.focus();
    if (!text) {
      if (event.timeStamp - sentAt > SOON) onEmpty();
      return;
    }
    sentAt = event.timeStamp;
    onSay({ ref: newRef(), text, replyTo: Number(replyTo.value) || null });
    write("");
    answer(null);
  });
  document.getElementById("not-answering").addEventListener("click", (event) => {
    event.preventDefault();
    answer(null);
    field.focus();
  });

  function write(words) {
    field.value = words;
    if (words) field.dispatchEvent(new Event("input", { bubbles: true }));
    else draft.clear();
  }

  function answer(entry) {
    replyTo.value = entry?.seq ?? "";
    answering.hidden = !entry;
    if (entry) fillQuote(answering.querySelector(".quote"), entry);
  }

  // Words that come back to be changed go in front of what was begun since.
  function giveBack(words) {
    write(field.value ? `${words}\n${field.value}` : words);
    field.focus();
  }

  return { field, answer, giveBack };
}
