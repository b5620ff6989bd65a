// The words on this tablet that nobody has answered yet: neither said, nor waiting in the house, nor sent back.
import { openShelf } from "./kept.js";

export async function wordsOnTheWay() {
  const all = await (await openShelf()).all();
  return all.filter((item) => item.kind === "words" && (item.state === "sending" || item.state === "kept"));
}
