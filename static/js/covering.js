// Cover my screen: one tap covers, one tap shows. Leave quickly: the view is cleared, and a calendar takes the place
// of this page in the tablet's history. Without script both lead to the calendar, too.
import { finish } from "./finishing.js";
import { shared } from "./shared.js";
import { vanish } from "./vanishing.js";

const CALENDAR = "/calendar";

export function readyCover() {
  const cover = document.getElementById("cover");
  if (!cover?.showModal) return;
  let title = "";

  for (const link of document.querySelectorAll(".cover-screen")) link.addEventListener("click", (event) => {
    event.preventDefault();
    title = document.title;
    document.title = document.getElementById("cover-day").textContent;
    window.speechSynthesis?.cancel();
    cover.showModal();
  });
  cover.addEventListener("close", () => {
    document.title = title;
  });
  for (const form of document.querySelectorAll(".leave-quickly")) form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (shared) return finish(CALENDAR);
    vanish();
    location.replace(CALENDAR);
  });
}
