// Staff pages keep a line open, so that staff are told at once and the house knows that somebody is there.
import { forgetCalls, showAlert } from "./alerts.js";
import { showFresh } from "./fresh.js";
import { connect } from "./live.js";

const nothing = () => {};

connect({
  onFrame(frame) {
    if (frame.type !== "alert") return;
    showAlert(frame);
    showFresh();
  },
  onUp: forgetCalls,
  onDown: nothing,
  onSignIn: () => location.assign("/card"),
});
