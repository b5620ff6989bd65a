import { readyHelp } from "./help.js";
import { mindSignIn } from "./signed_in.js";
import { guardTaps } from "./taps.js";

guardTaps();
readyHelp();
mindSignIn();
