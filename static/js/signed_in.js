// Whether this tablet is still signed in, asked once a minute and when somebody comes back to the page. Where it is
// not, the page goes to the door, unless somebody is reading the numbers to ring.
import { ask } from "./asking.js";
import { shared } from "./shared.js";
import { vanish } from "./vanishing.js";

const ASK_EVERY = 60000;

export function mindSignIn() {
  const card = document.getElementById("help-now");
  if (!card) return;

  async function look() {
    if (document.visibilityState !== "visible") return;
    const answer = await ask("/api/me").catch(() => null);
    if (answer?.status !== 401 || card.open) return;
    if (shared) vanish();
    location[shared ? "replace" : "assign"]("/sign-in");
  }

  document.addEventListener("visibilitychange", look);
  setInterval(look, ASK_EVERY);
}
