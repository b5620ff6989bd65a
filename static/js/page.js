import { readyHelp } from "./help.js";
import { guardTaps } from "./taps.js";

guardTaps();
readyHelp();
