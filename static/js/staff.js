// Staff pages keep a line open, so that staff are told at once and the house knows that somebody is there.
import { showAlert } from "./alerts.js";
import { connect } from "./live.js";

const nothing = () => {};

connect({
  onFrame: (frame) => frame.type === "alert" && showAlert(frame),
  onUp: nothing,
  onDown: nothing,
  onSignIn: () => location.assign("/card"),
});
