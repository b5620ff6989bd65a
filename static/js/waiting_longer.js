// How long to wait before the next try: 0.5 s, doubled each time up to 20 s, spread so that not all come at once.
const FIRST = 500;
const LONGEST = 20000;

export function waitBefore(attempt, random = Math.random) {
  const most = Math.min(LONGEST, FIRST * 2 ** attempt);
  return most / 2 + (most / 2) * random();
}
