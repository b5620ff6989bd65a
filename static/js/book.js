// The room's book as this tablet knows it. Pure: no clock, no network, no page.
// `version` is the last version up to which everything is known; only it may be given as `after`.

export function emptyBook(version = 0) {
  return { version, entries: new Map(), more: false };
}

// `opened` tells the whole (reset, or no `after` was sent) or what changed since (after, repair).
export function applyOpened(book, frame, asked) {
  const afresh = frame.reset || (!frame.repair && asked === undefined);
  const entries = afresh ? new Map() : new Map(book.entries);
  const changed = keepNewest(entries, frame.entries);
  const version = afresh ? frame.version : Math.max(book.version, frame.version);
  return { book: { version, entries, more: afresh ? frame.more : book.more }, changed, afresh };
}

// A live frame: the next version is taken, an old one is known already, a later one means that something is missing.
export function applyEntry(book, frame) {
  const entries = new Map(book.entries);
  const changed = keepNewest(entries, [frame]);
  const missing = frame.version > book.version + 1;
  const version = frame.version === book.version + 1 ? frame.version : book.version;
  return { book: { ...book, version, entries }, changed, missing };
}

// Older pages of history, or a look by HTTP: they may know more, they never move `version`.
export function applyHistory(book, entries, more) {
  const known = new Map(book.entries);
  const changed = keepNewest(known, entries);
  return { book: { ...book, entries: known, more: more ?? book.more }, changed };
}

export function inOrder(book) {
  return [...book.entries.values()].sort((one, other) => one.seq - other.seq);
}

function keepNewest(known, entries) {
  const changed = [];
  for (const entry of entries) {
    const before = known.get(entry.seq);
    if (before && before.version >= entry.version) continue;
    known.set(entry.seq, before ? { ...entry, ref: entry.ref ?? before.ref } : entry);
    changed.push(entry);
  }
  return changed;
}
