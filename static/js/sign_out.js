// Signing out empties this tablet: if words would be lost, it says so first and asks for a second, later tap.
import { isAway } from "./away.js";
import { forgetDrafts } from "./drafts.js";
import { openShelf } from "./kept.js";

const form = document.getElementById("sign-out");
const warning = document.querySelector(".unsent-warning");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isAway(form)) return;
  const shelf = await openShelf();
  const unsent = await shelf.all();
  if (unsent.length && warning.hidden) {
    warning.hidden = false;
    form.querySelector("button").textContent = form.dataset.anyway;
    return;
  }
  await shelf.clear();
  forgetDrafts();
  form.submit();
});
