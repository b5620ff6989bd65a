// One WebSocket for all the rooms of this device. It comes back by itself, and it never believes that an open
// socket is a living one: where nothing is heard for 40 s the line counts as dead.
import { waitBefore } from "./waiting_longer.js";

const PING_EVERY = 20000;
const DEAD_AFTER = 40000;
const SIGN_IN_AGAIN = [4401, 4409];

export function connect({ onFrame, onUp, onDown, onSignIn }) {
  const line = { socket: null, attempt: 0, heard: 0, timer: null, comeBackIn: null, ended: false };

  function open() {
    clearTimeout(line.timer);
    if (line.ended || line.socket) return;
    const socket = new WebSocket(address());
    line.socket = socket;
    line.heard = Date.now();
    socket.onmessage = (event) => hear(socket, event.data);
    socket.onclose = (event) => lost(socket, event.code);
  }

  function hear(socket, data) {
    if (socket !== line.socket) return;
    line.heard = Date.now();
    const frame = JSON.parse(data);
    if (frame.type === "welcome") {
      line.attempt = 0;
      onUp(frame);
    } else if (frame.type === "bye") {
      line.comeBackIn = frame.reconnect_after_ms;
    } else if (frame.type === "look") {
      Object.assign(document.documentElement.dataset, { letters: String(frame.letters), contrast: frame.contrast });
    } else if (frame.type !== "pong") {
      onFrame(frame);
    }
  }

  function lost(socket, code) {
    if (socket !== line.socket) return;
    line.socket = null;
    onDown();
    if (SIGN_IN_AGAIN.includes(code)) {
      line.ended = true;
      onSignIn();
      return;
    }
    const wait = line.comeBackIn ?? waitBefore(line.attempt);
    line.comeBackIn = null;
    line.attempt += 1;
    line.timer = setTimeout(open, wait);
  }

  function listen() {
    if (!line.socket) return;
    const silent = Date.now() - line.heard;
    if (silent > DEAD_AFTER) drop();
    else if (silent > PING_EVERY / 2) send({ type: "ping", at: Date.now() });
  }

  function drop() {
    const socket = line.socket;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
    lost(socket, 1006);
  }

  function send(frame) {
    if (line.socket?.readyState !== WebSocket.OPEN) return false;
    line.socket.send(JSON.stringify(frame));
    return true;
  }

  function wake() {
    if (line.socket) return;
    line.attempt = 0;
    open();
  }

  function end() {
    line.ended = true;
    clearTimeout(line.timer);
    drop();
  }

  setInterval(listen, PING_EVERY / 2);
  addEventListener("online", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  open();
  return { send, drop, end };
}

function address() {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`;
}
