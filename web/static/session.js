// The buyer's search as it goes: one query, its outcome, and what is under way.

import { gifts, search, product, Problem } from "./api.js";
import { asksForGift, keyOf, toRequest } from "./query.js";

const page = 12;
const remembered = 20; // outcomes, so that going back shows at once what was there

// makeSession calls changed(state) after every step. state: {query, outcome, anchor,
// status: loading|more|done|failed, problem}; outcome: {understood, relaxed, matched,
// regions, palette, products, cursor}. Only the newest search may change the state.
export function makeSession(changed) {
  const memory = new Map();
  let running = new AbortController();
  let state = { status: "idle" };

  const set = (changes) => {
    state = { ...state, ...changes };
    changed(state);
  };

  // ask searches; it resolves to the outcome, or to null if it failed or a newer search took over.
  async function ask(query, { again = false } = {}) {
    const mine = restart();
    const known = memory.get(keyOf(query));
    if (known && !again) {
      set({ query, ...known, status: "done", problem: null, again: null });
      return known.outcome;
    }
    set({ query, outcome: null, anchor: state.anchor?.id === query.like ? state.anchor : null, status: "loading", problem: null, again: null });
    try {
      const [answer, anchor] = await Promise.all([
        find(query, mine),
        query.like ? state.anchor ?? product(query.like, mine) : null,
      ]);
      if (mine.aborted) return null;
      const outcome = outcomeOf(answer);
      remember(query, { outcome, anchor });
      set({ outcome, anchor, status: "done" });
      return outcome;
    } catch (failure) {
      fail(failure, mine);
      return null;
    }
  }

  // more appends the next page; its products never come twice and never reorder.
  async function more() {
    const { query, outcome, anchor } = state;
    if (state.status !== "done" || !outcome?.cursor) return;
    const mine = restart();
    set({ status: "more" });
    try {
      const answer = await search(toRequest(query, page, outcome.cursor), mine);
      if (mine.aborted) return;
      const seen = new Set(outcome.products.map(({ product: one }) => one.id));
      // The same list object grows, so that what shows it can append.
      outcome.products.push(...(answer.products ?? []).filter(({ product: one }) => !seen.has(one.id)));
      outcome.cursor = answer.next_cursor ?? "";
      remember(query, { outcome, anchor });
      set({ status: "done" });
    } catch (failure) {
      fail(failure, mine);
    }
  }

  // retry does again what failed: the search, or its next page.
  function retry() {
    if (state.again) return state.again();
    if (!state.outcome) return ask(state.query, { again: true });
    state = { ...state, status: "done", problem: null };
    return more();
  }

  function restart() {
    running.abort();
    running = new AbortController();
    return running.signal;
  }

  function fail(failure, signal) {
    if (signal.aborted) return;
    const known = failure instanceof Problem;
    set({ status: "failed", problem: known ? failure : new Problem("internal") });
    if (!known) throw failure;
  }

  function remember(query, known) {
    memory.delete(keyOf(query));
    memory.set(keyOf(query), known);
    if (memory.size > remembered) memory.delete(memory.keys().next().value);
  }

  return {
    ask, more, retry,
    // refuse shows a problem that no search caused, such as a photo that cannot be
    // sent; again is what retry then does.
    refuse: (query, problem, again) => { restart(); set({ query, status: "failed", problem, again }); },
    // know tells which product a search will be anchored at, so that it need not be fetched.
    know: (anchor) => { state = { ...state, anchor }; },
    get state() { return state; },
  };
}

// find asks for gifts where the words want one, and for products where they do
// not or where the shop has no gift to offer.
async function find(query, signal) {
  if (asksForGift(query)) {
    const answer = await gifts(query.text, page, signal);
    if (answer.gifts?.length > 0) return { products: answer.gifts, relaxed: answer.notes };
  }
  return search(toRequest(query, page), signal);
}

function outcomeOf(answer) {
  return {
    understood: answer.understood ?? {}, relaxed: answer.relaxed ?? [], matched: answer.matched ?? "yes",
    regions: answer.regions ?? [], palette: answer.palette ?? [],
    products: [...(answer.products ?? [])], cursor: answer.next_cursor ?? "",
  };
}
