// Asks the browser for a way to be told while the house is closed. Only where a service worker is at work.
const form = document.getElementById("push");

async function ready() {
  if (!form || !("PushManager" in window) || !navigator.serviceWorker) return;
  if (!(await navigator.serviceWorker.getRegistration())) return;
  form.hidden = false;
  form.addEventListener("submit", ask);
}

async function ask(event) {
  event.preventDefault();
  try {
    fill(await subscribed());
    form.submit();
  } catch {
    form.querySelector(".push-told").textContent = form.dataset.no;
  }
}

async function subscribed() {
  const registration = await navigator.serviceWorker.ready;
  const existing = await registration.pushManager.getSubscription();
  const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
  return existing ?? registration.pushManager.subscribe(options);
}

function fill(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const given = { endpoint, p256dh: keys.p256dh, auth: keys.auth };
  for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

ready();
