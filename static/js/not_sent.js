// Home says in which rooms words of mine are still on their way: they go out when I go in.
import { openShelf } from "./kept.js";

async function tell() {
  const kept = (await (await openShelf()).all()).filter((item) => item.kind === "words" && item.state !== "held");
  for (const line of document.querySelectorAll(".not-sent")) {
    const { room, me } = line.dataset;
    line.hidden = !kept.some((item) => item.room === room && item.person === me);
  }
}

addEventListener("pageshow", tell);
