// A passkey is made or used: the device asks for finger, face or PIN, and what it answers goes to the house.
import { ask } from "./asking.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll(".passkey")) offer(place);
}

function offer(place) {
  const button = place.querySelector("button");
  place.hidden = false;
  place.parentElement.querySelector(".no-passkey")?.remove();
  button.addEventListener("click", async () => {
    button.disabled = true;
    tell(place, "");
    try {
      await go(place.dataset, place);
    } catch {
      tell(place, place.dataset.sorry);
    } finally {
      button.disabled = false;
    }
  });
}

async function go({ does, ask: askAt, answer: answerAt, then, link }, place) {
  const asked = await post(place, askAt, link ? { link } : {});
  if (!asked) return;
  const credential = does === "make" ? await make(asked.options) : await use(asked.options);
  const body = { challenge: asked.challenge, credential, ...(link && { link }) };
  if (await post(place, answerAt, body)) location.assign(then);
}

async function post(place, path, body) {
  const answer = await ask(path, { method: "POST", body });
  if (answer.ok) return answer.body;
  if (answer.body.code === "prove_again") location.assign(`/sign-in/again?back=${encodeURIComponent(location.pathname)}`);
  else tell(place, answer.body.detail || place.dataset.sorry);
  return null;
}

async function make(options) {
  const known = (options.excludeCredentials || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials: known };
  const made = await navigator.credentials.create({ publicKey });
  return written(made, { attestationObject: text(made.response.attestationObject) });
}

async function use(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
  const used = await navigator.credentials.get({ publicKey });
  const { authenticatorData, signature, userHandle } = used.response;
  const handle = userHandle ? { userHandle: text(userHandle) } : {};
  return written(used, { authenticatorData: text(authenticatorData), signature: text(signature), ...handle });
}

function written(credential, answer) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON), ...answer };
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

function tell(place, words) {
  place.querySelector(".passkey-told").textContent = words;
}
