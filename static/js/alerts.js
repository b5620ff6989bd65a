// What staff must see whatever page they have open: a call for help, a worry, words that wait. Names, never words. One
// line for each kind, the newest on it and how many more there are, so that alarms never cover the room. While nobody
// has a call, the siren sounds.
import { hush, sound, soundAnew } from "./siren.js";

const place = document.getElementById("alerts");
const known = { help: new Map(), worry: new Map(), waiting: new Map(), question: new Map() };
const PLACES = {
  help: ({ incident }) => `/staff/calls/${incident}`,
  worry: ({ room }) => (room ? `/rooms/${room}/desk` : "/staff"),
  waiting: ({ room }) => `/rooms/${room}/desk`,
  question: () => "/staff/helper#questions",
};

export function showAlert(alert) {
  const { kind, incident, message } = alert;
  if (!place || (kind !== "taken" && !known[kind])) return;
  if (kind === "help" && !known.help.has(incident)) soundAnew();
  if (incident) forget(incident);
  if (kind !== "taken") {
    const key = incident ?? PLACES[kind](alert);
    known[kind].delete(key);
    known[kind].set(key, { address: PLACES[kind](alert), message });
  }
  paint();
}

// The line to the house came back: it tells again what still waits, and says nothing of what was taken meanwhile.
export function forgetCalls() {
  if (!known.help.size && !known.worry.size) return;
  known.help.clear();
  known.worry.clear();
  paint();
}

function forget(incident) {
  known.help.delete(incident);
  known.worry.delete(incident);
}

// A line that stays as it is is not written again: it is said once to who cannot see it.
function paint() {
  const shown = [...place.children];
  const lines = Object.keys(known).filter((kind) => known[kind].size).map(lineFor);
  const whole = lines.map((line) => shown.find((one) => one.isEqualNode(line)) ?? line);
  if (whole.length !== shown.length || whole.some((line, at) => line !== shown[at])) place.replaceChildren(...whole);
  if (known.help.size) sound();
  else hush();
}

function lineFor(kind) {
  const all = [...known[kind].values()];
  const { address, message } = all[all.length - 1];
  const more = all.length > 1 ? ` ${place.dataset.more.replace("{count}", all.length - 1)}` : "";
  const link = document.createElement("a");
  link.className = "button";
  link.href = more ? "/staff" : address;
  link.textContent = place.dataset.look;
  link.setAttribute("aria-label", `${place.dataset.look}: ${message}`);
  const line = document.createElement("p");
  line.className = kind === "help" ? "alert calls" : "alert";
  line.append(Object.assign(document.createElement("b"), { textContent: message + more }), " ", link);
  return line;
}
