// The conversation without its looks: begun or restored, what is said in it, who
// holds it. Turns are taken one after the other.

import { t } from "../i18n.js";
import { makeActs } from "./acts.js";
import * as calls from "./calls.js";
import { deliver } from "./deliver.js";
import { draftEntry, makeEntries } from "./entries.js";
import { makeLive } from "./live.js";
import { addPending, dropPending, keep, recall } from "./saved.js";
import { converse } from "./turn.js";

const fresh = Object.freeze({ state: "bot", handover: null, agent: "", met: false, rated: 0 });

// makeThread tells on.entry(entry) of one that is new or changed, on.gone(entry),
// on.state(state), on.cleared() when all is forgotten, and on.trouble(problem).
// state: {state: bot|waiting|human|closed, handover, agent, met, rated}, where met
// says that a person has spoken, and rated is the score given, or 0.
export function makeThread(on) {
  const entries = makeEntries({ entry: on.entry, gone: on.gone });
  const live = makeLive({ event: hear, gone: () => live.stop() });
  let talk = null; // {id, token}
  let state = fresh;
  let seen = 0; // the place in the log that is known
  let moves = 0; // changes of state that were heard of
  let turns = Promise.resolve();
  let ending = new AbortController(); // of everything under way in this conversation
  let opening = null;
  let watched = false;
  const acts = makeActs({ entries, setState, moves: () => moves, believe, trouble: on.trouble, opened: async () => { await open(); return talk; }, signal: () => ending.signal });

  function setState(changes) {
    state = { ...state, ...changes };
    on.state(state);
    follow();
  }

  // believe takes the state from a reply, unless a later one was heard of since it was asked for.
  function believe(reply, before) {
    setState({ handover: reply.handover ?? state.handover, ...(moves === before && { state: reply.state }) });
  }

  // follow listens while somebody looks on, or while a person may answer.
  function follow() {
    if (talk && (watched || ["waiting", "human"].includes(state.state))) live.start(talk, seen);
    else live.stop();
  }

  // open restores the conversation or begins one; a second call waits for the first.
  function open() {
    opening ??= start().catch((failure) => {
      opening = null;
      throw failure;
    });
    return opening;
  }

  async function start() {
    const kept = recall();
    if (!kept?.id) return begin();
    try {
      await restore(kept);
    } catch (problem) {
      if (problem.code !== "not_found") throw problem;
      keep(null);
      await begin();
    }
  }

  async function begin(greet = true) {
    const { signal } = ending;
    const opened = await calls.begin({ url: location.href.slice(0, 2000) });
    if (signal.aborted) return;
    talk = opened;
    seen = 0;
    live.reset();
    keep({ ...opened, rated: 0 });
    if (greet) welcome(opened);
    setState(fresh);
  }

  const welcome = ({ greeting, chips }) => entries.add({ role: "bot", text: greeting, reply: { chips } });

  async function restore(kept) {
    const { signal } = ending;
    const { messages, ...now } = await calls.history(kept);
    if (signal.aborted) return;
    talk = kept;
    welcome(kept);
    for (const message of messages) heed(message);
    const handover = messages.findLast(({ reply }) => reply?.handover)?.reply.handover ?? null;
    setState({ state: now.state, handover, agent: now.agent ?? "", rated: kept.rated });
    for (const draft of kept.pending ?? []) resume(draft);
  }

  // resume sees to a message that was under way when the page was left.
  function resume(draft) {
    const whole = draftEntry(draft, draft.clientId);
    const entry = entries.find((one) => one.message?.client_id === draft.clientId);
    if (entry && entries.find((one) => one.inReply && one.inReply === entry.id)) dropPending(draft.clientId);
    else queue(entry ? Object.assign(entry, { message: whole.message }) : entries.add(whole));
  }

  function heed(message) {
    seen = Math.max(seen, message.seq ?? 0);
    entries.take(message);
    if (message.role === "agent") setState({ met: true, agent: message.agent });
  }

  function hear(kind, data) {
    if (kind === "message") heed(data);
    if (kind === "feedback") entries.judge(data.message_id, data.rating);
    if (kind !== "state") return;
    moves += 1;
    setState({ state: data.state, agent: data.agent ?? "" });
  }

  function send(draft) {
    const entry = draftEntry(draft);
    addPending({ ...draft, photo: draft.photo && { id: draft.photo.id }, clientId: entry.message.client_id });
    queue(entries.add(entry));
  }

  function queue(entry) {
    const { signal } = ending;
    turns = turns.then(async () => {
      if (signal.aborted || !entries.has(entry)) return;
      const before = moves;
      const reply = await deliver(entries, entry, (tell) => exchange(entry, signal, tell), signal, () => state.state === "human");
      if (!reply) return;
      dropPending(entry.message.client_id);
      believe(reply, before);
    }).catch((failure) => setTimeout(() => { throw failure; })); // an error of the page's own; the next turn goes on
  }

  // exchange begins anew, once, where the conversation is no more.
  async function exchange(entry, signal, tell) {
    tell.begun();
    await open();
    try {
      return await converse(talk, entry.message, signal, tell);
    } catch (problem) {
      if (problem.code !== "not_found") throw problem;
    }
    tell.waiting(null, 0);
    await begin(false);
    entries.add({ role: "system", text: t("chat.renewed") });
    return converse(talk, entry.message, signal, tell);
  }

  // takeBack leaves a message unsent that did not get through.
  function takeBack(entry) {
    dropPending(entry.message.client_id);
    entries.remove(entry);
  }

  // restart leaves the conversation and begins another.
  function restart() {
    ending.abort();
    ending = new AbortController();
    live.reset();
    keep(null);
    entries.clear();
    [talk, state, opening, turns] = [null, fresh, null, Promise.resolve()];
    on.cleared();
    return acts.attempt(open);
  }

  // forget deletes the conversation at the shop as well.
  const forget = () => acts.attempt(async () => {
    if (talk) await calls.forget(talk).catch((problem) => { if (problem.code !== "not_found") throw problem; });
    restart();
  });

  return {
    open, send, retry: queue, takeBack, restart, forget, askForPerson: acts.askForPerson, thumb: acts.thumb, rate: acts.rate,
    // watch says whether somebody looks on.
    watch(looks) {
      watched = looks;
      follow();
    },
  };
}
