// What staff must see whatever page they have open: a call for help, words that wait. Names, never words.
const place = document.getElementById("alerts");

export function showAlert({ kind, incident, room, message }) {
  const key = incident ?? `${kind}-${room}`;
  if (!place || [...place.children].some((line) => line.dataset.key === key)) return;
  const line = document.createElement("p");
  line.dataset.key = key;
  line.className = kind === "help" ? "alert calls" : "alert";
  const link = document.createElement("a");
  link.className = "button";
  link.href = kind === "help" ? `/staff/calls/${incident}` : `/rooms/${room}/desk`;
  link.textContent = place.dataset.look;
  link.setAttribute("aria-label", `${place.dataset.look}: ${message}`);
  line.append(Object.assign(document.createElement("b"), { textContent: message }), " ", link);
  place.append(line);
}
