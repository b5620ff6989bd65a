// Home says in which rooms words of mine are still on their way.
import { wordsOnTheWay } from "./on_the_way.js";

async function tell() {
  const kept = await wordsOnTheWay();
  for (const line of document.querySelectorAll(".not-sent")) {
    const { room, me } = line.dataset;
    line.hidden = !kept.some((item) => item.room === room && item.person === me);
  }
}

addEventListener("pageshow", tell);
