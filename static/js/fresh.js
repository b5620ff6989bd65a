// An alert came: the sections of this page that show what waits are fetched again. They hold no field, so nothing
// that somebody writes elsewhere on the page is touched; what is under a finger waits until the finger is gone.
const TOGETHER = 300;
let timer = null;

export function showFresh() {
  if (!document.querySelector("[data-fresh]")) return;
  clearTimeout(timer);
  timer = setTimeout(fetchAgain, TOGETHER);
}

async function fetchAgain() {
  const answer = await fetch(location.pathname + location.search).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const section of document.querySelectorAll("[data-fresh]")) {
    const fresh = page.getElementById(section.id);
    if (!fresh || fresh.outerHTML === section.outerHTML || section.contains(document.activeElement)) continue;
    if (section.matches(":active")) showFresh();
    else section.replaceWith(fresh);
  }
}
