// What one does with a message: answer it in a phrase, answer it in words, take it back, put it back. The forms work
// by themselves; here they go without leaving the page.
import { ask } from "./asking.js";
import { newRef } from "./refs.js";

export function readyActs({ book, room, send, line, end, entryAt, composer, onWithdrawn }) {
  book.addEventListener("submit", (event) => {
    const form = event.target;
    const act = Object.keys(ACTS).find((name) => form.classList.contains(name));
    if (act) ACTS[act](event, form);
  });
  book.addEventListener("click", (event) => {
    const reply = event.target.closest("a.reply");
    if (!reply || !composer) return;
    event.preventDefault();
    const article = reply.closest("article");
    article.querySelector("details").open = false;
    composer.answer(entryAt(Number(article.dataset.seq)));
    composer.field.focus();
  });

  book.addEventListener("toggle", (event) => opened(event.target), true);

  const ACTS = {
    react(event, form) {
      const seq = Number(form.closest("article").dataset.seq);
      const { reaction, on } = form.elements;
      const frame = { type: "react", room, ref: newRef(), seq, reaction: reaction.value, on: on.value === "yes" };
      if (!send(frame)) return;
      event.preventDefault();
      const details = form.closest("details");
      details.open = false;
      details.querySelector("summary").focus();
    },
    "take-back": (event, form) => byHttp(event, `/api/rooms/${room}/entries/${form.closest("article").dataset.seq}/remove`),
    "put-back": (event, form) => byHttp(event, `/api/rooms/${room}/entries/${form.closest("article").dataset.seq}/put-back`),
    async withdraw(event, form) {
      const { ref, waiting } = form.closest("article").dataset;
      if (await byHttp(event, `/api/waiting/${waiting}/withdraw`)) onWithdrawn(ref);
    },
  };

  function opened(details) {
    const article = details.closest("article");
    article.classList.toggle("opened", details.open);
    if (details.open) end.showWhole(article);
  }

  async function byHttp(event, path) {
    event.preventDefault();
    try {
      const answer = await ask(path, { method: "POST" });
      if (!answer.ok) line.tell(answer.body.detail ?? "");
      return answer.ok;
    } catch {
      line.away();
      return false;
    }
  }
}
