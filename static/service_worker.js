// What stays on the tablet when the network goes: the look of the pages, and one page with the numbers to ring, in its
// reader's language and letters. Never a page with anybody's words. The house puts HOUSE = {version, files} in front.
const SHELL = `hearthside-shell-${HOUSE.version}`;
const NUMBERS = "hearthside-numbers";
const OFFLINE = "/offline";
const WORTH_ASKING = 12000;
const ANSWER_WITHIN = 4000;
const FRESH_FOR = 3600 * 1000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", answer);
addEventListener("push", (event) => event.waitUntil(tell(event.data)));
addEventListener("notificationclick", (event) => event.waitUntil(goTo(event.notification)));
addEventListener("message", (event) => event.data?.offline && event.waitUntil(keepNumbers(event.data.offline).catch(() => {})));

// A new release takes over at once and closes nothing: open pages are never reloaded, and unsent words and drafts lie in
// other drawers, which nobody here opens.
async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(HOUSE.files);
  await keepNumbers("", true);
  await skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("hearthside-shell-") && name !== SHELL).map((name) => caches.delete(name)));
  await clients.claim();
}

// `reader`: the query that says for whom the page is kept (language, letters, colours); empty for whom it was before.
async function keepNumbers(reader, anew = false) {
  const numbers = await caches.open(NUMBERS);
  const kept = await numbers.match(OFFLINE);
  const search = reader || (kept ? new URL(kept.url).search : "");
  const isFresh = kept && new URL(kept.url).search === search && Date.now() - Date.parse(kept.headers.get("date")) < FRESH_FOR;
  if (isFresh && !anew) return;
  const page = await fetch(OFFLINE + search, { credentials: "omit", cache: "no-store" });
  if (page.ok) await numbers.put(OFFLINE, page);
}

// A form that is sent (POST) is left to the browser alone: sent on from here, it would come to the house as if our own
// page had asked, whoever's page it was, and the guard against forms from other sites would be deaf.
function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request, pathname));
}

async function page(request) {
  try {
    return await Promise.race([fetch(request).then(fromTheHouse), silence()]);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// A proxy whose house is away answers with a page of its own; all of ours carry our content policy.
function fromTheHouse(answer) {
  if (answer.status >= 502 && !answer.headers.has("content-security-policy")) throw new Error("away");
  return answer;
}

// A long wait is worth a question: if the house answers that at once, the page is only slow to make.
async function silence() {
  await after(WORTH_ASKING);
  await Promise.race([fetch("/health/live", { cache: "no-store" }), after(ANSWER_WITHIN).then(() => Promise.reject(new Error("silent")))]);
  return new Promise(() => {});
}

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The very file that the page names; without a network, the one of the release that is kept here.
async function file(request, pathname) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request.url);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch {
    const path = pathname.split("/").slice(3).join("/");
    return (await shell.match(`/static/${HOUSE.version}/${path}`)) ?? Response.error();
  }
}

// A push carries a neutral title, a neutral sentence and a path of this house: {title, body, url}. Never who, never words.
async function tell(push) {
  const { title = "Hearthside", body = "", url = "/" } = push?.json() ?? {};
  await registration.showNotification(title, { body, tag: url, data: url, icon: HOUSE.icon });
}

async function goTo(notification) {
  notification.close();
  const address = new URL(notification.data ?? "/", location.origin);
  if (address.origin !== location.origin) return;
  const [open] = await clients.matchAll({ type: "window" });
  if (open) await (await open.focus()).navigate(address.href);
  else await clients.openWindow(address.href);
}
