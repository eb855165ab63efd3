// What stands in the conversation, in order. An entry is one message:
// {key, role: buyer|bot|agent|system, id, text, …}, where
//   buyer: message (as it is sent), photo, region and regionName (chosen in it), regions (found in it), about,
//          status: sending|waiting|sent|failed, problem
//   bot:   reply, photo (what it answers to), working, progress, products (while it is made), inReply, feedback: up|down
//   agent: agent (the name)

import { recall as photoOf } from "../photo.js";

// makeEntries calls on.entry(entry) for one that is new or changed, on.gone(entry).
export function makeEntries(on) {
  let all = [];
  let count = 0;

  function add(entry) {
    const whole = { key: ++count, ...entry };
    all.push(whole);
    on.entry(whole);
    return whole;
  }

  function change(entry, changes) {
    Object.assign(entry, changes);
    if (all.includes(entry)) on.entry(entry);
  }

  function remove(entry) {
    all = all.filter((one) => one !== entry);
    on.gone(entry);
  }

  // take adds a message that the server tells of, once; one of this page's own
  // turns that is still under way brings its reply itself.
  function take(message) {
    const known = all.find((one) => one.id === message.id || (message.client_id && one.message?.client_id === message.client_id));
    if (known) {
      const feedback = message.feedback?.rating ?? known.feedback;
      return change(known, { id: message.id, feedback });
    }
    const asked = all.find((one) => one.id && one.id === message.in_reply_to);
    if (isUnderWay(asked)) return null;
    if (asked) change(asked, { status: "sent", problem: null, regions: message.reply?.regions });
    return add(message.role === "buyer" ? buyerEntry(message) : {
      role: message.role, id: message.id, text: message.text, reply: message.reply ?? null, agent: message.agent,
      inReply: message.in_reply_to, photo: asked?.photo, feedback: message.feedback?.rating,
    });
  }

  // judge shows a thumb that was given elsewhere.
  function judge(id, feedback) {
    const entry = all.find((one) => one.id === id);
    if (entry) change(entry, { feedback });
  }

  return {
    add, change, remove, take, judge,
    has: (entry) => all.includes(entry),
    find: (test) => all.find(test),
    clear() {
      all = [];
    },
  };
}

const isUnderWay = (entry) => entry?.status === "sending" || entry?.status === "waiting";

function buyerEntry({ id, text, image_ids: images, client_id: clientId }) {
  const [image] = images ?? [];
  return { role: "buyer", id, text, photo: image ? photoOf(image) ?? { id: image } : null, message: { client_id: clientId }, status: "sent" };
}

// draftEntry is what the buyer is about to send. draft: {text, photo, region, regionName, about}.
export function draftEntry(draft, clientId = newId()) {
  const message = { text: draft.text, image_ids: draft.photo ? [draft.photo.id] : [], client_id: clientId };
  if (draft.region) message.region = draft.region;
  if (draft.about) message.product_id = draft.about.id;
  return { role: "buyer", ...draft, message, status: "sending", problem: null };
}

// newId is a random name; crypto.randomUUID is only there over HTTPS.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
