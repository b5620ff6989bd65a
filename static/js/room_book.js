// The book of this room on this page: what comes in by the line or by request goes into the list, and is told once.
import { ask } from "./asking.js";
import { applyEntry, applyHistory, applyOpened, emptyBook, inOrder } from "./book.js";
import { counted, saidHere, word } from "./words.js";

const MOST_TOLD = 2;

export function readyBook({ page, room, me, list, end, announcer, onOwn, onShown, onAway }) {
  let book = { ...emptyBook(Number(page.version)), more: page.more === "yes" };

  function opened(frame, asked) {
    const news = applyOpened(book, frame, asked);
    book = news.book;
    show(news.changed, news.afresh);
  }

  function entry(frame) {
    const news = applyEntry(book, frame);
    book = news.book;
    show(news.changed);
    return news.missing;
  }

  // Where the line does not come up, plain requests do its work.
  async function look() {
    const page = await newest("");
    if (!page) return;
    const news = applyHistory(book, page.entries);
    book = news.book;
    show(news.changed);
  }

  async function older() {
    const page = await newest(`&before=${list.oldest()}`);
    if (!page) return book.more;
    book = applyHistory(book, page.entries, page.more).book;
    end.change(() => list.show(page.entries));
    return page.more;
  }

  async function newest(before) {
    try {
      const { ok, body } = await ask(`/api/rooms/${room}/entries?limit=50${before}`);
      return ok ? body : null;
    } catch {
      onAway();
      return null;
    }
  }

  function show(changed, afresh = false) {
    const newest = list.newestSeq();
    const fresh = changed.filter((one) => one.seq > newest && one.author.id !== me);
    const draw = () => {
      if (afresh) list.start(inOrder(book));
      else list.show(changed.filter((one) => one.seq >= list.oldest() || one.seq > newest));
      changed.filter((one) => one.author.id === me && one.ref).forEach(onOwn);
    };
    end.change(draw, { added: fresh.length });
    if (fresh.length || changed.some((one) => one.state === "removed")) announcer.textContent = spoken(fresh);
    onShown();
  }

  return {
    opened,
    entry,
    look,
    older,
    version: () => book.version,
    entryAt: (seq) => (seq ? (book.entries.get(seq) ?? list.onPage(seq)) : undefined),
  };
}

function spoken(fresh) {
  if (fresh.length > MOST_TOLD) return counted("new", fresh.length);
  return fresh.map((one) => word("said", { name: one.author.name, words: saidHere(one) ?? "" })).join(" ");
}
