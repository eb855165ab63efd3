// The conversation's calls, as the HTTP contract has them. talk is {id, token}.

import { config } from "../config.js";
import { call, events } from "../api.js";

const patience = { turn: 40_000, audio: 60_000, live: 60_000 }; // ms; of a stream: between two signs of life

const path = ({ id }, rest = "") => `/v1/conversations/${encodeURIComponent(id)}${rest}`;
const proof = ({ token }) => ({ "X-Conversation-Token": token });
const post = (talk, rest, json) => call(path(talk, rest), { method: "POST", headers: proof(talk), json });

export function begin(page) {
  return call("/v1/conversations", { method: "POST", json: { locale: config.language, page } });
}

// history is {state, agent, messages}: everything that was said, whatever the pages.
export async function history(talk) {
  const messages = [];
  for (let cursor = ""; ;) {
    const page = await call(path(talk, `/messages?limit=100&cursor=${encodeURIComponent(cursor)}`), { headers: proof(talk) });
    messages.push(...page.messages);
    cursor = page.next_cursor;
    if (!cursor) return { ...page, messages };
  }
}

// say sends a message and yields the reply's events.
export function say(talk, message, signal) {
  return events(path(talk, "/messages"), { method: "POST", headers: proof(talk), json: message, signal, timeout: patience.turn });
}

// live yields what happened after the event of that id, and what happens from now on.
export function live(talk, after, signal) {
  return events(path(talk, "/events"), { headers: { ...proof(talk), "Last-Event-ID": after }, signal, timeout: patience.live });
}

export const askForPerson = (talk) => post(talk, "/handover", {});

export const thumb = (talk, messageId, rating) => post(talk, `/messages/${encodeURIComponent(messageId)}/feedback`, { rating });

export const rate = (talk, score) => post(talk, "/rating", { score });

export const forget = (talk) => call(path(talk), { method: "DELETE", headers: proof(talk) });

// transcribe turns a recording into text.
export function transcribe(sound) {
  const body = new FormData();
  body.append("audio", sound, `voice.${sound.type.includes("mp4") ? "m4a" : "webm"}`);
  return call("/v1/audio", { method: "POST", body, timeout: patience.audio });
}
