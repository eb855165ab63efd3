// One turn: a message sent, the reply streamed back, and sent again under the same
// client_id while the connection fails, so that it is answered once.

import { Problem } from "../api.js";
import { say } from "./calls.js";

const tries = 4;
const pause = 800; // ms before the second try; doubled for each further one
const longestWait = 30; // s that are waited for without the buyer's doing

// Failures where the same message may get through later.
const passing = new Set(["offline", "network", "timeout", "unavailable", "conflict", "internal", "rate_limited"]);

// converse resolves to the reply. tell has: begun(), status(data), text(delta),
// products(list), waiting(problem, seconds). It rejects with the Problem that no try overcame.
export async function converse(talk, message, signal, tell) {
  for (let n = 1; ; n++) {
    try {
      tell.begun();
      return await attempt(talk, message, signal, tell);
    } catch (problem) {
      const wait = waitAfter(problem, n);
      if (signal.aborted || wait === null) throw problem;
      tell.waiting(problem, Math.ceil(wait / 1000));
      await sleep(wait, signal);
    }
  }
}

async function attempt(talk, message, signal, tell) {
  for await (const { event, data } of say(talk, message, signal)) {
    const value = data ? JSON.parse(data) : null;
    if (event === "done") return value;
    if (event === "error") throw new Problem(value.code ?? "internal", { detail: value.detail });
    if (event === "status") tell.status(value);
    if (event === "text") tell.text(value.delta);
    if (event === "products") tell.products(value.products);
  }
  throw new Problem("network"); // the stream ended before its reply did
}

// waitAfter is how long to wait after the nth failure, in milliseconds; null gives up.
function waitAfter(problem, n) {
  if (!(problem instanceof Problem) || !passing.has(problem.code) || n >= tries) return null;
  if (problem.retryAfter > longestWait) return null;
  return problem.retryAfter > 0 ? problem.retryAfter * 1000 : pause * 2 ** (n - 1);
}

// sleep ends early when the browser is online again, and rejects when the signal aborts.
export function sleep(wait, signal) {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const end = (then) => { stop.abort(); clearTimeout(clock); then(); };
    const clock = setTimeout(() => end(resolve), wait);
    addEventListener("online", () => end(resolve), { signal: stop.signal });
    signal.addEventListener("abort", () => end(() => reject(signal.reason)), { signal: stop.signal });
  });
}
