// What comes with a reply: products, outfits, a size, an order, where it is from,
// and what may be said next.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { mini } from "../mini.js";
import { boardList } from "../outfits.js";
import { orderCard } from "./order.js";
import { partChips } from "./photoparts.js";
import { sizeCard } from "./size.js";

// replyParts are the elements below a reply's text, in the order of reading.
export function replyParts({ reply }, on) {
  return [
    notes(reply.relaxed),
    reply.size && sizeCard(reply.size, on),
    reply.order && orderCard(reply.order, on),
    reply.outfits?.length > 0 && boardList(reply.outfits, { ...on, swap: (piece) => on.say(t("chat.swap", { slot: piece.label.toLocaleLowerCase() })) }),
    reply.products?.length > 0 && productRow(reply.products, on),
    sources(reply.sources),
  ].filter(Boolean);
}

// productRow is products to swipe through, each with its first reason.
export function productRow(found, on) {
  return h("ul", { class: "row", tabindex: "0", "aria-label": t("chat.products") }, ...found.map(({ product, why = [] }) =>
    h("li", {}, mini(product, on), why[0]?.text && h("p", { class: "reason" }, icon("check"), h("span", {}, why[0].text)))));
}

function notes(relaxed = []) {
  const texts = relaxed.map(({ text }) => text).filter(Boolean);
  return texts.length > 0 && h("div", { class: "relaxed" }, ...texts.map((text) => h("p", {}, text)));
}

// What shows itself needs no source beside it.
const shown = new Set(["product", "order"]);

// sources are named where a record was quoted.
function sources(all = []) {
  const titles = [...new Set(all.filter(({ kind, title }) => !shown.has(kind) && title).map(({ title }) => title))];
  return titles.length > 0 && h("p", { class: "sources" }, t("chat.sources", { titles: titles.join(" · ") }));
}

// nextChips are what may be said next: of a photo its parts, and what the shop
// proposes, else what goes with the photo.
export function nextChips({ reply, photo }, on) {
  const proposed = (reply.chips ?? []).map((text) => ({ text, act: () => on.say(text) }));
  const outfit = { text: t("chat.outfit"), act: () => on.say(t("chat.outfit"), { photo }) };
  const ways = [...partChips(photo, reply.regions, on), ...(photo && proposed.length === 0 ? [outfit] : proposed)];
  if (ways.length === 0) return [];
  return [h("ul", { class: "chips", "aria-label": t("chat.chips") }, ...ways.map(({ text, act }) =>
    h("li", {}, h("button", { type: "button", class: "chip", on: { click: act } }, text))))];
}
