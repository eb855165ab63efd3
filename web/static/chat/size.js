// A size that was advised.

import { h, icon } from "../dom.js";
import { t, list } from "../i18n.js";

const reasons = 3; // that are shown

// sizeCard shows the size large, says how sure it is and on what it rests, and asks
// for the measures that are missing; without any of them the reply's text says it
// all. on has: fill(text).
export function sizeCard({ size, between = [], confidence, in_stock: stocked, why = [], missing = [] }, on) {
  if (!size && missing.length === 0) return null;
  return h("section", { class: "fact-card", "aria-label": t("chat.size") },
    h("div", { class: "fact-head" },
      size ? h("p", { class: "size-big" }, size) : h("p", { class: "fact-title" }, t("chat.size.unknown")),
      h("div", {},
        between.length > 1 && h("p", { class: "fact-title" }, t("chat.size.between", { list: list(between) })),
        size && h("p", {}, t(`chat.sure.${sureness(confidence)}`)),
        size && h("p", { class: stocked ? "availability in_stock" : "availability out_of_stock" }, t(stocked ? "chat.size.stock" : "chat.size.nostock")))),
    size && why.length > 0 && h("ul", { class: "fact-why" }, ...why.slice(0, reasons).map(({ text }) => h("li", {}, icon("check"), h("span", {}, text)))),
    missing.length > 0 && h("p", {}, t(size ? "chat.size.surer" : "chat.size.missing")),
    missing.length > 0 && h("ul", { class: "chips" }, ...missing.map((measure) => h("li", {},
      h("button", { type: "button", class: "chip", on: { click: () => on.fill(t("chat.size.my", { measure: measureName(measure) })) } }, measureName(measure))))));
}

// sureness says a probability in words.
function sureness(confidence) {
  if (confidence >= 0.75) return "high";
  return confidence >= 0.5 ? "fair" : "low";
}

const measures = new Set(["height", "weight", "chest", "underbust", "waist", "hip", "foot", "neck", "head", "hand", "wrist", "finger", "inseam", "age", "usual_size"]);

function measureName(measure) {
  const plain = measure.replace(/_(cm|kg)$/, "");
  return measures.has(plain) ? t(`chat.measure.${plain}`) : plain.replaceAll("_", " ");
}
