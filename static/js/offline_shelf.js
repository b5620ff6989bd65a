// Asks the service worker to keep the look of the pages and the numbers to ring, as this reader sees them.
export function keepNumbersHere() {
  if (!navigator.serviceWorker) return;
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}

async function keep() {
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ offline: reader() });
  } catch {
    return;
  }
}

function reader() {
  const { lang, dataset } = document.documentElement;
  const { letters, contrast, keeps, calls, ask, quiet } = dataset;
  const mine = keeps ? { keeps, ...(calls && { calls }), ...(ask && { ask }), ...(quiet && { quiet }) } : {};
  return `?${new URLSearchParams({ language: lang, letters, contrast, ...mine })}`;
}
