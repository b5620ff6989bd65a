import { guardForms } from "./away.js";
import { readyCover } from "./covering.js";
import { mindSharedTablet } from "./finishing.js";
import { readyHelp } from "./help.js";
import { keepNumbersHere } from "./offline_shelf.js";
import { mindSignIn } from "./signed_in.js";
import { guardTaps } from "./taps.js";

guardTaps();
readyHelp();
readyCover();
mindSharedTablet();
mindSignIn();
guardForms();
keepNumbersHere();
