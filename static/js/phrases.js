// "A few words…": a tap puts a phrase into the field; Send posts it, so that it can be changed first. While one
// chooses, only the way back and Send stay; whoever goes back to the field has the other button again.
export function offerPhrases(button, panel, field) {
  button.hidden = false;
  const few = button.textContent;
  button.addEventListener("click", () => open(panel.hidden));
  field.addEventListener("focus", () => open(false));
  for (const phrase of panel.querySelectorAll("button")) phrase.addEventListener("click", () => put(phrase.textContent));

  function open(shown) {
    panel.hidden = !shown;
    button.textContent = shown ? button.dataset.close : few;
    field.form.classList.toggle("choosing", shown);
    button.setAttribute("aria-expanded", String(shown));
    if (shown) panel.scrollIntoView({ block: "nearest" });
  }

  function put(words) {
    const before = field.value.trimEnd();
    field.value = before ? `${before} ${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    open(false);
    field.focus();
  }
}
