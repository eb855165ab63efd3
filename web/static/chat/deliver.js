// A turn as the entries show it: the buyer's message on its way, the reply as it
// is written, and what becomes of both.

import { Problem } from "../api.js";

// deliver shows exchange(tell), which is one turn of converse. It resolves to the
// reply, or to null where the message did not get through, which then says so and
// waits to be sent again. silent() says that no reply is to be expected.
export async function deliver(entries, entry, exchange, signal, silent) {
  let answer = null;
  const drop = () => {
    if (answer) entries.remove(answer);
    answer = null;
  };
  const tell = {
    begun() {
      entries.change(entry, { status: "sending", problem: null });
      if (silent()) drop();
      else if (answer) entries.change(answer, { text: "", products: null });
      else answer = entries.add({ role: "bot", text: "", reply: null, working: true });
    },
    status: (progress) => answer && entries.change(answer, { progress }),
    text: (delta) => answer && entries.change(answer, { text: answer.text + delta }),
    products: (products) => answer && entries.change(answer, { products }),
    waiting(problem, seconds) {
      drop();
      entries.change(entry, { status: "waiting", problem, seconds });
    },
  };
  try {
    const reply = await exchange(tell);
    settle(entries, entry, answer, reply);
    return reply;
  } catch (failure) {
    if (signal.aborted) return null;
    drop();
    const known = failure instanceof Problem;
    entries.change(entry, { status: "failed", problem: known ? failure : new Problem("internal") });
    if (!known) throw failure;
    return null;
  }
}

// settle makes what was written so far the whole reply; one that came by another
// way meanwhile stays, and one that says nothing is left out.
function settle(entries, entry, answer, reply) {
  entries.change(entry, { status: "sent", problem: null, regions: reply.regions });
  const known = entries.find((one) => one.id === reply.id);
  const whole = { id: reply.id, text: reply.text, reply, inReply: entry.id, photo: entry.photo, working: false, products: null };
  if (answer && (known || !saysAnything(reply))) entries.remove(answer);
  else if (answer) entries.change(answer, whole);
  else if (!known && saysAnything(reply)) entries.add({ role: "bot", ...whole });
}

const saysAnything = (reply) => Boolean(reply.text || reply.products?.length || reply.outfits?.length || reply.order || reply.size);
