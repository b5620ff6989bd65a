// Times as people say them: "10:52 AM", "yesterday, 10:52 AM", "Thursday, 2:00 PM", "November 12, 2:00 PM".
import { word } from "./words.js";

const DAY = 24 * 3600 * 1000;

export function spokenTime(iso, now = new Date()) {
  const moment = new Date(iso);
  const time = write(moment, { hour: "numeric", minute: "2-digit" });
  const days = Math.round((midnight(now) - midnight(moment)) / DAY);
  if (days <= 0) return time;
  if (days === 1) return word("yesterday", { time });
  const day = write(moment, days < 7 ? { weekday: "long" } : { month: "long", day: "numeric" });
  return word("onDay", { day, time });
}

// Sentences from the house carry exact times; people read "3:00 PM".
export function humane(sentence) {
  return sentence.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => spokenTime(iso));
}

export function clockTime(moment) {
  return write(moment, { hour: "numeric", minute: "2-digit" });
}

function write(moment, how) {
  return new Intl.DateTimeFormat(locale(), { ...how, ...zone() }).format(moment);
}

function locale() {
  return (document.documentElement.dataset.locale ?? document.documentElement.lang).replace("_", "-");
}

function midnight(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...zone() });
  return Date.parse(`${parts.format(moment)}T00:00:00Z`);
}

function zone() {
  const timeZone = document.documentElement.dataset.timezone;
  return timeZone ? { timeZone } : {};
}
