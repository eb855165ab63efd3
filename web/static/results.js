// The list of products with its heading, its states and the way to more.

import { h, announce } from "./dom.js";
import { t, counted } from "./i18n.js";
import { card, titleOf } from "./card.js";
import { renderChips, renderRelaxed } from "./chips.js";
import { emptyNotice, errorNotice } from "./notice.js";
import { hasFilters, isHome } from "./query.js";

const skeletons = 8;
const byId = (id) => document.getElementById(id);

// renderResults shows the session's state. on has the page's actions.
export function renderResults(state, on) {
  const { query, outcome, status } = state;
  byId("results").setAttribute("aria-busy", String(status === "loading"));
  byId("heading").textContent = heading(state);
  byId("heading").ariaLevel = isHome(query) ? "2" : "1"; // the welcome is not there then
  renderChips(byId("chips"), state, on);
  renderRelaxed(byId("relaxed"), outcome?.relaxed, outcome?.matched);
  const notice = noticeFor(state, on);
  const last = status === "failed" && outcome && !state.again; // it is the next page that failed
  for (const [id, here] of [["notice", !last], ["notice-more", last]]) byId(id).replaceChildren(...(here && notice ? [notice] : []));
  renderList(byId("list"), state, on);
  renderMore(state, on);
  if (status === "loading") announce(t("results.searching"));
  if (status === "done") announce(notice ? notice.querySelector("h3").textContent : counted("results.shown", outcome.products.length));
}

function heading({ query, anchor }) {
  if (isHome(query)) return t("hero.samples");
  if (query.like) return t("results.heading.like", { title: anchor ? titleOf(anchor) : "…" });
  if (query.photo) return t(query.text ? "results.heading.both" : "results.heading.photo", { text: query.text });
  return query.text ? t("results.heading.words", { text: query.text }) : t("results.heading.filters");
}

// renderList keeps the cards that are there and appends what is new, so that
// nothing jumps while more products come.
function renderList(list, { outcome, status }, on) {
  if (status === "loading" && list.childElementCount > 0) return; // dimmed by aria-busy
  if (status === "loading") {
    list.replaceChildren(...Array.from({ length: skeletons }, skeleton));
    return;
  }
  const products = outcome?.products ?? [];
  if (list.outcome !== outcome) list.replaceChildren();
  list.outcome = outcome;
  for (const found of products.slice(list.childElementCount)) {
    list.append(h("li", {}, card(found, on)));
  }
}

function skeleton() {
  return h("li", { "aria-hidden": "true" }, h("div", { class: "card skeleton" },
    h("div", { class: "tile" }), h("div", { class: "line" }), h("div", { class: "line short" })));
}

function renderMore({ outcome, status }, on) {
  const more = byId("more");
  const count = byId("count");
  const shown = outcome?.products.length ?? 0;
  more.hidden = !outcome?.cursor || status === "loading" || status === "failed";
  more.disabled = status === "more";
  more.onclick = on.more;
  count.hidden = shown === 0 || status === "loading";
  count.textContent = shown ? counted("results.shown", shown) : "";
}

function noticeFor({ query, outcome, status, problem, photo }, on) {
  if (status === "failed") {
    const ways = [];
    if (problem.code === "invalid" && hasFilters(query)) ways.push({ key: "filters", act: on.clear });
    if (["too_large", "unsupported_media"].includes(problem.code)) ways.push({ key: "photo", act: on.pickPhoto });
    if (["not_found", "malformed"].includes(problem.code)) ways.push({ key: "browse", act: on.home });
    return errorNotice(problem, on.retry, ways);
  }
  if (status !== "done" || outcome.products.length > 0) return null;
  const none = Boolean(query.photo) && outcome.matched === "none";
  const ways = [
    hasFilters(query) && { key: "filters", act: on.clear },
    query.photo && photo?.preview && { key: "crop", act: on.cropPhoto },
    query.photo && { key: "photo", act: on.pickPhoto },
    { key: "words", act: on.words },
    !isHome(query) && { key: "browse", act: on.home },
  ];
  return emptyNotice(none ? "none" : "empty", ways.filter(Boolean));
}
