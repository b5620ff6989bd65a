// A form that is sent without a network would leave the page, and what was written in it, for nothing: it stays, and
// says so. What has its own way to wait (words for a room, a call for help) never comes here.
export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (isAway(form)) event.preventDefault();
  });
}

export function isAway(form) {
  const place = document.getElementById("away");
  if (navigator.onLine || !place) return false;
  form.append(place);
  place.hidden = false;
  return true;
}
