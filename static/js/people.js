// Who belongs to the room and who is here, in words.
import { counted, word } from "./words.js";

export function peopleOf(place) {
  const known = new Map();
  const askedFor = new Set();
  const idOf = (person) => (typeof person === "string" ? person : person.id);

  function learn(people) {
    for (const person of people) known.set(person.id, person);
    showHere(people.filter((person) => person.here).map(idOf));
  }

  // Somebody who came to belong here after this page was opened: who they are is asked once.
  function areNew(here) {
    const strangers = here.map(idOf).filter((id) => !known.has(id) && !askedFor.has(id));
    strangers.forEach((id) => askedFor.add(id));
    return strangers.length > 0;
  }

  function showHere(here) {
    const list = place.querySelector("ul");
    const ids = here.map(idOf);
    place.querySelector("strong").textContent = ids.length ? counted("here", ids.length) : word("hereNone");
    list.replaceChildren(...ids.map(person).map(asItem));
  }

  function person(whom) {
    const id = idOf(whom);
    return known.get(id) ?? (typeof whom === "object" ? whom : { id, name: word("somebody"), roles: [] });
  }

  function roleOf(id) {
    return known.get(id)?.roles?.includes("facilitator") ? word("facilitator") : "";
  }

  function asItem(one) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("bdi"), { textContent: one.name }));
    const role = roleOf(one.id);
    if (role) item.append(" ", Object.assign(document.createElement("span"), { className: "soft", textContent: role }));
    return item;
  }

  return { learn, showHere, areNew, person, roleOf };
}
