// The room rests for a moment. What is sent meanwhile is kept here and goes in by itself when the room goes on.
export function watchPause(place, onGoingOn) {
  const now = document.getElementById("state-now");
  const show = (paused) => {
    place.hidden = !paused;
    if (now) now.textContent = paused ? now.dataset.paused : now.dataset.open;
  };
  return {
    show,
    hear({ kind, data }) {
      if (kind !== "notice" || !["paused", "resumed"].includes(data?.what)) return;
      show(data.what === "paused");
      if (place.hidden) onGoingOn();
    },
  };
}
