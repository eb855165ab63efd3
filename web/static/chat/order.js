// An order that the buyer has proved to be theirs.

import { config } from "../config.js";
import { h, picture } from "../dom.js";
import { t, counted, day } from "../i18n.js";

// orderCard shows where an order is and what is in it.
export function orderCard(order, on) {
  const rows = [
    ["carrier", order.carrier], ["tracking", order.tracking],
    ["ordered", order.ordered_at && day(order.ordered_at)], ["eta", order.eta && day(order.eta)],
  ].filter(([, value]) => value);
  return h("section", { class: "fact-card", "aria-label": t("chat.order", { id: order.id }) },
    h("div", { class: "fact-head" }, h("p", { class: "fact-title" }, t("chat.order", { id: order.id })), h("p", { class: "order-status" }, statusName(order.status))),
    rows.length > 0 && h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, t(`chat.order.${name}`)), h("dd", {}, value)])),
    h("ul", { class: "order-items" }, ...(order.items ?? []).map((item) => orderItem(item, on))));
}

function orderItem(item, on) {
  const more = [item.size && t("chat.order.size", { size: item.size }), item.quantity > 1 && counted("chat.order.pieces", item.quantity)].filter(Boolean);
  return h("li", {}, h("button", { type: "button", class: "order-item", disabled: !item.product_id, on: { click: () => on.open({ id: item.product_id }) } },
    picture(item.image_link, ""), h("span", {}, h("span", { class: "order-title" }, item.title || item.product_id), more.length > 0 && h("small", {}, more.join(" · ")))));
}

// statusName is the interface's word for a status it knows, else the shop's own.
function statusName(status = "") {
  return config.words[`chat.status.${status}`] ?? status.replaceAll("_", " ");
}
