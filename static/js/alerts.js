// What staff must see whatever page they have open: a call for help, words that wait. Names, never words. One line for
// each kind, the newest on it and how many more there are, so that alarms never cover the room.
const place = document.getElementById("alerts");
const known = { help: new Map(), waiting: new Map(), question: new Map() };
const PLACES = {
  help: ({ incident }) => `/staff/calls/${incident}`,
  waiting: ({ room }) => `/rooms/${room}/desk`,
  question: () => "/staff/helper#questions",
};

export function showAlert(alert) {
  const { kind, message } = alert;
  if (!place || !known[kind]) return;
  const address = PLACES[kind](alert);
  known[kind].delete(address);
  known[kind].set(address, message);
  place.replaceChildren(...Object.keys(known).filter((one) => known[one].size).map(lineFor));
}

function lineFor(kind) {
  const all = [...known[kind]];
  const [address, message] = all[all.length - 1];
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
