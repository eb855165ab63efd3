// What happens in the conversation while the page looks on: an agent's messages,
// who holds it, what another tab says.

import { Problem } from "../api.js";
import { live } from "./calls.js";
import { sleep } from "./turn.js";

const shortest = 1_000; // ms of the first pause after a failure; doubled for each further one
const longest = 30_000;

// makeLive follows one conversation at a time. on.event gets each entry of its log,
// on.gone learns that the conversation is no more.
export function makeLive(on) {
  let running = null; // the AbortController of what is followed
  let last = "";

  async function follow(talk, signal) {
    for (let failures = 0; !signal.aborted;) {
      try {
        for await (const { id, event, data } of live(talk, last, signal)) {
          failures = 0;
          last = id;
          if (data) on.event(event, JSON.parse(data));
        }
        failures += 1; // it ends when the server restarts
      } catch (problem) {
        if (signal.aborted) return;
        if (!(problem instanceof Problem)) throw problem;
        if (problem.code === "not_found") return on.gone();
        failures += 1;
      }
      const wait = Math.min(shortest * 2 ** (failures - 1), longest);
      await sleep(wait * (0.75 + Math.random() / 2), signal).catch(() => {});
    }
  }

  return {
    // start follows from the event after the given one; where it already follows, it goes on.
    start(talk, after) {
      if (running) return;
      running = new AbortController();
      last = String(Math.max(Number(last), after));
      follow(talk, running.signal);
    },
    stop() {
      running?.abort();
      running = null;
    },
    // reset is for another conversation.
    reset() {
      this.stop();
      last = "";
    },
  };
}
