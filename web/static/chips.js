// The row of chips: what was searched for, each with a way to take it back, and
// what the server had to relax.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { titleOf } from "./card.js";
import { conditionsOf } from "./understood.js";

// renderChips fills the row. on has: remove(condition), clear().
export function renderChips(row, { query, outcome, anchor }, on) {
  const conditions = conditionsOf(query, outcome?.understood);
  if (query.like && anchor) {
    conditions.unshift({ field: "like", value: query.like, label: t("chips.like", { title: titleOf(anchor) }) });
  }
  row.hidden = conditions.length === 0;
  const chips = conditions.map((condition) => h("li", {}, h("button", {
    type: "button", class: "chip removable", "aria-label": t("chips.remove", { name: condition.label }),
    on: { click: () => on.remove(condition) },
  }, condition.label, icon("close"))));
  if (conditions.length > 1) {
    chips.push(h("li", {}, h("button", { type: "button", class: "quiet", on: { click: on.clear } }, t("chips.clear"))));
  }
  row.replaceChildren(...chips);
}

// renderRelaxed says in the server's words which wish was loosened, and what is only near.
export function renderRelaxed(box, relaxed = [], matched = "yes") {
  const texts = relaxed.map(({ text }) => text).filter(Boolean);
  if (matched === "near" && texts.length === 0) texts.push(t("results.near"));
  box.hidden = texts.length === 0;
  box.replaceChildren(...texts.map((text) => h("p", {}, text)));
}
