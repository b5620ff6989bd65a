const UNTIL_TAPPED = 400;

// On an iPad the keyboard lies over the page without telling CSS: lift the composer above it, and stay at the end.
export function liftAboveKeyboard(end) {
  mindWriting(document.getElementById("write"), end);
  addEventListener("resize", end.stayAtEnd);
  const glass = window.visualViewport;
  if (!glass) return;
  const root = document.documentElement;
  let was = 0;
  glass.addEventListener("resize", () => {
    const covered = Math.max(0, Math.round(innerHeight - glass.height * glass.scale));
    if (covered === was) return;
    const stay = end.atEnd();
    was = covered;
    root.style.setProperty("--keyboard", `${covered}px`);
    root.toggleAttribute("data-keyboard", covered > 100);
    if (stay) end.toEnd();
  });
}

// While one writes on low glass less is shown. What comes back may not move a button from under the finger that
// just tapped it: the composer's own buttons leave the field its focus, and for others it waits until they were tapped.
function mindWriting(field, end) {
  if (!field) return;
  let stopped = 0;
  const writing = (on) => {
    document.documentElement.toggleAttribute("data-writing", on);
    requestAnimationFrame(end.stayAtEnd);
  };
  field.addEventListener("focus", () => {
    clearTimeout(stopped);
    writing(true);
  });
  field.addEventListener("blur", () => {
    stopped = setTimeout(writing, UNTIL_TAPPED, false);
  });
  for (const button of field.form.querySelectorAll("button")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
  }
}
