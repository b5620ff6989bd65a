// On an iPad the keyboard lies over the page without telling CSS: lift the composer above it, and stay at the end.
export function liftAboveKeyboard(end) {
  const field = document.getElementById("write");
  const writing = (on) => () => {
    document.documentElement.toggleAttribute("data-writing", on);
    requestAnimationFrame(end.stayAtEnd);
  };
  field?.addEventListener("focus", writing(true));
  field?.addEventListener("blur", writing(false));
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
