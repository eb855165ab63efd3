// What the chat's buttons ask of the shop beside turns. Each is shown at once, and
// taken back where the shop did not take it.

import * as calls from "./calls.js";
import { keep } from "./saved.js";

// makeActs works on a thread: its entries, setState(changes), moves() and
// believe(reply, moves before), trouble(problem), opened(), which resolves to the conversation, and signal(), which aborts when it is left.
export function makeActs({ entries, setState, moves, believe, trouble, opened, signal }) {
  async function attempt(act, undo = () => {}) {
    const mine = signal();
    try {
      await act();
    } catch (problem) {
      if (mine.aborted) return;
      undo();
      trouble(problem);
    }
  }

  const askForPerson = () => attempt(async () => {
    const talk = await opened();
    const before = moves();
    const reply = await calls.askForPerson(talk);
    entries.take({ role: "bot", id: reply.id, text: reply.text, reply });
    believe(reply, before);
  });

  function thumb(entry, rating) {
    const before = entry.feedback;
    entries.change(entry, { feedback: rating });
    return attempt(async () => calls.thumb(await opened(), entry.id, rating), () => entries.change(entry, { feedback: before }));
  }

  function rate(score) {
    setState({ rated: score });
    return attempt(async () => {
      await calls.rate(await opened(), score);
      keep({ rated: score });
    }, () => setState({ rated: 0 }));
  }

  return { attempt, askForPerson, thumb, rate };
}
