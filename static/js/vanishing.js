// Clears the view at once, before anything is asked of a network.
export function vanish() {
  document.documentElement.dataset.gone = "yes";
  document.title = document.getElementById("cover-day")?.textContent ?? "";
  window.speechSynthesis?.cancel();
}
