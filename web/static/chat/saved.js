// What the browser keeps of this store's conversation, so that a reload goes on
// with it: {id, token, greeting, chips, pending, rated}. Pending are the drafts of
// messages, with their clientId, from when they are written until they are
// answered or taken back.

import { config } from "../config.js";

const name = `honeyguide.chat.${config.key}`;

let kept = null; // where storage is forbidden, the conversation ends with the page

export function recall() {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? kept;
  } catch {
    return kept;
  }
}

// keep changes what is kept; null forgets it all.
export function keep(changes) {
  kept = changes && { pending: [], ...recall(), ...changes };
  try {
    if (kept) localStorage.setItem(name, JSON.stringify(kept));
    else localStorage.removeItem(name);
  } catch {
    // Storage is full or forbidden.
  }
}

export function addPending(draft) {
  keep({ pending: [...(recall()?.pending ?? []), draft] });
}

export function dropPending(clientId) {
  keep({ pending: (recall()?.pending ?? []).filter((one) => one.clientId !== clientId) });
}
