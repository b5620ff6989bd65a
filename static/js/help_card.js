// What the help card shows, from what the house says is true now. Words come from the house and from the page.
const AFTER = new Set(["check", "drill"]);

// `now`: {open, heading, message, state, room, who, may_lower, quiet, home, wants} as GET /api/help tells it.
export function paint(card, now) {
  const inner = card.matches(".help-card") ? card : card.querySelector(".help-card");
  if (!now.open) return showOver(inner);
  inner.dataset.open = "yes";
  showNobodyTold(inner, false);
  inner.classList.toggle("quiet", now.quiet);
  if (now.quiet && card.dataset.title) document.title = card.dataset.title;
  tell(inner.querySelector(".heading"), now.heading);
  tell(inner.querySelector(".told-now"), now.message);
  showTheWay(inner, now);
  inner.querySelector(".asked-after").hidden = now.quiet || AFTER.has(now.state);
  for (const form of inner.querySelectorAll(".lowers")) form.hidden = !now.may_lower;
  inner.querySelector(".looks-in").hidden = now.state !== "check";
  press(inner, "at_home", now.home);
  press(inner, "wants", now.wants);
}

// Somebody of the house has closed it.
function showOver(card) {
  if (!card.dataset.open) return;
  delete card.dataset.open;
  showNobodyTold(card, true);
  tell(card.querySelector(".heading"), card.dataset.overHeading);
  tell(card.querySelector(".told-now"), card.dataset.over);
  for (const place of card.querySelectorAll(".asked-after, .lowers, .come-here")) place.hidden = true;
  card.querySelector(".write-here").hidden = false;
}

function showNobodyTold(card, on) {
  const line = card.querySelector(".nobody-told");
  if (line) line.hidden = !on;
}

// Only what has changed is written, so that a screen reader says it once.
function tell(place, words) {
  if (place && place.textContent !== words) place.textContent = words;
}

function showTheWay(card, { room, who }) {
  const way = card.querySelector(".come-here");
  way.hidden = !room;
  card.querySelector(".write-here").hidden = Boolean(room);
  if (!room) return;
  way.href = `/rooms/${encodeURIComponent(room)}#newest`;
  if (who) tell(way, way.dataset.go.replace("{name}", who));
}

function press(card, what, value) {
  for (const form of card.querySelectorAll(".help-answer")) {
    if (form.elements.what?.value !== what) continue;
    const button = form.querySelector("button");
    button.setAttribute("aria-pressed", String(button.value === value));
  }
}

export function say(card, message, { trying = "", written = false } = {}) {
  tell(card.querySelector(".told-now"), message);
  card.querySelector(".written").hidden = !written;
  const line = card.querySelector(".trying");
  tell(line, trying);
  line.hidden = !trying;
}

export const sentNote = (card, words) => card.querySelector(".sent-note").dataset.sent.replace("{words}", () => words);

// Under the button, where whoever wrote is looking.
export function sayBelow(card, words) {
  const line = card.querySelector(".sent-note");
  tell(line, words);
  line.hidden = !words;
}

// Agreed with this person: the tap asks before anybody is told.
export function askFirst(card, on) {
  const question = card.querySelector(".ask-first");
  if (question) question.hidden = !on;
  card.querySelector(".truth").hidden = on;
}
