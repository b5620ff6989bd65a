// Where the browser can put the house on the home screen itself, one button asks it to.
const offer = document.getElementById("at-once");
const done = document.getElementById("done");
let prompt = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  offer.hidden = false;
});

offer.querySelector("button").addEventListener("click", async () => {
  await prompt.prompt();
  offer.hidden = true;
});

addEventListener("appinstalled", () => {
  offer.hidden = true;
  done.hidden = false;
});
