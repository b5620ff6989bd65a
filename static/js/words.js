// Sentences come from the page, where gettext put them: nothing here is written for people.
const source = document.getElementById("words");

export function word(key, values = {}) {
  const sentence = source?.dataset[key] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// A phrase that was sent in another language, as this reader has it.
const phrases = new Map([...(source?.querySelectorAll("[data-said]") ?? [])].map((one) => [one.dataset.said, one.textContent]));

export function saidHere({ kind, text, author, data }) {
  if (kind !== "notice") return phrases.get(text) ?? text;
  const what = String(data?.what ?? "");
  return word(`notice${what.charAt(0).toUpperCase()}${what.slice(1)}`, { name: author.name, ...data }) || text;
}

export function counted(key, count, values = {}) {
  return word(count === 1 ? `${key}One` : `${key}Many`, { count, ...values });
}

export function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${word("and")} ${names[names.length - 1]}`;
}
