// A small shelf on the tablet: what is not yet with the house. IndexedDB, or localStorage where that is refused; on a
// shared tablet it is in this page alone.
import { shared } from "./shared.js";

const NAME = "hearthside";
const SHELF = "unsent";
const inThisPage = new Map();

export async function openShelf() {
  if (shared) return passingShelf();
  try {
    return indexedShelf(await openDatabase());
  } catch {
    return plainShelf();
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF, { keyPath: "ref" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

function indexedShelf(database) {
  const run = (mode, ask) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(SHELF, mode);
      const request = ask(transaction.objectStore(SHELF));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  return {
    all: () => run("readonly", (shelf) => shelf.getAll()),
    put: (item) => run("readwrite", (shelf) => shelf.put(item)),
    remove: (ref) => run("readwrite", (shelf) => shelf.delete(ref)),
    clear: () => run("readwrite", (shelf) => shelf.clear()),
  };
}

function passingShelf() {
  return {
    all: async () => [...inThisPage.values()],
    put: async (item) => void inThisPage.set(item.ref, item),
    remove: async (ref) => void inThisPage.delete(ref),
    clear: async () => inThisPage.clear(),
  };
}

function plainShelf() {
  const key = `${NAME}-${SHELF}`;
  const read = () => JSON.parse(localStorage.getItem(key) ?? "[]");
  const write = (items) => localStorage.setItem(key, JSON.stringify(items));
  return {
    all: async () => read(),
    put: async (item) => write([...read().filter((other) => other.ref !== item.ref), item]),
    remove: async (ref) => write(read().filter((item) => item.ref !== ref)),
    clear: async () => localStorage.removeItem(key),
  };
}
