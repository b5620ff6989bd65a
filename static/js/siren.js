// Two tones every few seconds while somebody asks for help and nobody has it. Browsers sound nothing before a page was
// touched once: until then a button says so, and the line above the page is there in any case.
const EVERY = 4000;
const QUIET_FOR = 60000;
const TONES = [880, 660];
const LONG = 0.45;
const LOUD = 0.25;

const place = document.getElementById("siren");
const button = place?.querySelector("button");
const siren = { context: null, timer: null, quietUntil: 0 };

button?.addEventListener("click", () => {
  if (isOn()) siren.quietUntil = Date.now() + QUIET_FOR;
  show();
});
for (const touch of ["pointerup", "keyup", "click"]) addEventListener(touch, wake);

export function sound() {
  if (siren.timer || !place) return;
  siren.context ??= newContext();
  siren.timer = setInterval(play, EVERY);
  play();
}

// Quiet was asked for about those who called before: somebody else calls now.
export function soundAnew() {
  siren.quietUntil = 0;
}

export function hush() {
  clearInterval(siren.timer);
  Object.assign(siren, { timer: null, quietUntil: 0 });
  if (place) place.hidden = true;
}

const isOn = () => siren.context?.state === "running";

// A touch anywhere on the page lets it sound.
function wake() {
  if (siren.timer && siren.context && !isOn()) siren.context.resume().then(play);
}

function newContext() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  return Context ? new Context() : null;
}

function play() {
  show();
  if (!siren.timer || !isOn() || Date.now() < siren.quietUntil) return;
  TONES.forEach((tone, number) => playTone(siren.context, tone, siren.context.currentTime + number * LONG));
}

function show() {
  place.hidden = !siren.timer || !siren.context || Date.now() < siren.quietUntil;
  place.dataset.sound = isOn() ? "on" : "off";
  const words = button.dataset[place.dataset.sound];
  if (button.textContent !== words) button.textContent = words;
}

function playTone(context, tone, at) {
  const voice = context.createOscillator();
  const loud = context.createGain();
  voice.frequency.value = tone;
  loud.gain.setValueAtTime(LOUD, at);
  loud.gain.linearRampToValueAtTime(0, at + LONG);
  voice.connect(loud).connect(context.destination);
  voice.start(at);
  voice.stop(at + LONG);
}
