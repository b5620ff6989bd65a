import { guardForms } from "./away.js";
import { readyHelp } from "./help.js";
import { keepNumbersHere } from "./offline_shelf.js";
import { mindSignIn } from "./signed_in.js";
import { guardTaps } from "./taps.js";

guardTaps();
readyHelp();
mindSignIn();
guardForms();
keepNumbersHere();
