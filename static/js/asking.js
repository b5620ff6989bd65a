// One request to the house, given up after ten seconds; a network that is away throws.
const ANSWER_WITHIN = 10000;

export async function ask(path, { method = "GET", body } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  try {
    const answer = await fetch(path, {
      method,
      signal: stop.signal,
      headers: { Accept: "application/json", ...(method !== "GET" && { "Content-Type": "application/json" }) },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
    return { status: answer.status, ok: answer.ok, body: await answer.json().catch(() => ({})) };
  } finally {
    clearTimeout(timer);
  }
}
