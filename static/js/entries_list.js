// The list of messages on the page: entries go to their place by seq, a changed one is filled again where it stands.
import { fillMessage, newMessage } from "./message.js";

export function entriesList(list, context) {
  const articleAt = (seq) => document.getElementById(`entry-${seq}`);
  const oldest = () => Number(list.firstElementChild?.dataset.seq ?? Infinity);

  function show(entries) {
    for (const entry of entries) {
      const article = articleAt(entry.seq);
      if (article) fillMessage(article, entry, context);
      else place(fillMessage(newMessage(), entry, context), entry.seq);
    }
  }

  function place(article, seq) {
    let next = list.lastElementChild;
    while (next && Number(next.dataset.seq) > seq) next = next.previousElementSibling;
    if (next) next.after(article);
    else list.prepend(article);
  }

  function start(entries) {
    list.replaceChildren();
    show(entries);
  }

  // A message that came with the page and has not changed since is known only from the page itself.
  function onPage(seq) {
    const article = articleAt(seq);
    if (!article) return undefined;
    return {
      seq,
      author: { id: article.dataset.author, name: article.querySelector(".name").textContent },
      text: article.querySelector(":scope > .words").textContent,
    };
  }

  // In a room for two: the newest of my messages that the other has read says so.
  function readTo(seq, words) {
    const read = [...list.querySelectorAll(".message.mine")].filter((article) => Number(article.dataset.seq) <= seq);
    for (const article of read) article.querySelector(".state").textContent = article === read[read.length - 1] ? words : "";
  }

  return { show, start, readTo, oldest, onPage, newestSeq: () => Number(list.lastElementChild?.dataset.seq ?? 0) };
}
