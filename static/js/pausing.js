// The room rests for a moment. What is sent meanwhile is kept here and goes in by itself when the room goes on.
export function watchPause(place, onGoingOn) {
  return {
    show(paused) {
      place.hidden = !paused;
    },
    hear({ kind, data }) {
      if (kind !== "notice" || !["paused", "resumed"].includes(data?.what)) return;
      place.hidden = data.what === "resumed";
      if (place.hidden) onGoingOn();
    },
  };
}
