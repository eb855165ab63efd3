// One product as a card, and the parts of it that the product's dialog shares.

import { config } from "./config.js";
import { h, icon, hidden, picture } from "./dom.js";
import { t, nameOf, list } from "./i18n.js";
import { withProduct } from "./address.js";
import { format } from "./money.js";

const sizesShown = 5;
const colorsShown = 5;

// titleOf and descriptionOf prefer the buyer's language where the store has it.
export const titleOf = (product) => product.attributes?.[`title_${config.language}`] || product.title;
export const descriptionOf = (product) => product.attributes?.[`description_${config.language}`] || product.description || "";

// card makes one result. on has: open(product), like(product).
export function card({ product, why = [] }, on) {
  const title = titleOf(product);
  const link = h("a", {
    href: withProduct(product.id), class: "card-link",
    on: { click: (event) => plainClick(event) && on.open(product) },
  }, title);
  return h("article", { class: "card", dataset: { id: product.id } },
    h("div", { class: "card-picture" }, picture(product.image_link, ""), badge(product)),
    h("div", { class: "card-body" },
      product.brand && h("p", { class: "card-brand" }, product.brand),
      h("h3", { class: "card-title" }, link),
      price(product),
      choices(product),
      reason(why)),
    h("button", {
      type: "button", class: "card-like", "aria-label": t("card.like.label", { title }), on: { click: () => on.like(product) },
    }, icon("similar"), h("span", {}, t("card.like"))));
}

// plainClick lets the browser open new tabs and windows itself.
export function plainClick(event) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  event.preventDefault();
  return true;
}

function badge(product) {
  if (product.availability && product.availability !== "in_stock") {
    return h("span", { class: "badge" }, t(`availability.${product.availability}`));
  }
  const { price: full, sale_price: sale } = product;
  if (!onSale(product)) return null;
  const percent = Math.floor((1 - sale.amount / full.amount) * 100);
  return percent > 0 && h("span", { class: "badge sale" }, t("card.sale", { percent }));
}

const onSale = ({ price: full, sale_price: sale }) => Boolean(full && sale && sale.amount < full.amount);

// price shows the sale price first, with the full one struck through.
export function price(product) {
  if (!product.price?.currency) return null;
  if (!onSale(product)) return h("p", { class: "price" }, format(product.price));
  const now = format(product.sale_price);
  const was = format(product.price);
  return h("p", { class: "price on-sale" },
    h("ins", { "aria-hidden": "true" }, now), " ", h("s", { "aria-hidden": "true" }, was),
    hidden(`${t("card.now", { price: now })}, ${t("card.was", { price: was })}`));
}

// colorDot is the colour as a disc, or nothing where the colour has no swatch.
export function colorDot(color) {
  const hex = config.swatches?.[color] ?? color.replaceAll(" ", "");
  const many = color === "multi";
  if (!many && !CSS.supports("color", hex)) return null;
  const dot = h("span", { class: many ? "dot many" : "dot", title: nameOf("color", color) });
  if (!many) dot.style.backgroundColor = hex;
  return dot;
}

function choices({ colors = [], sizes = [] }) {
  const dots = colors.map(colorDot).filter(Boolean);
  const worthy = sizes.length === 1 && /^one ?size$/i.test(sizes[0]) ? [] : sizes;
  if (dots.length + worthy.length === 0) return null;
  return h("div", { class: "choices" },
    dots.length > 0 && h("span", { class: "dots", "aria-hidden": "true" }, ...dots.slice(0, colorsShown), rest(dots, colorsShown)),
    colors.length > 0 && hidden(t("card.colors", { list: list(colors.map((color) => nameOf("color", color))) })),
    worthy.length > 0 && h("span", { class: "sizes", "aria-hidden": "true" }, worthy.slice(0, sizesShown).join(" · "), rest(worthy, sizesShown)),
    worthy.length > 0 && hidden(t("card.sizes", { list: list(worthy) })));
}

function rest(all, shown) {
  return all.length > shown && h("span", { class: "rest" }, ` ${t("card.more", { n: all.length - shown })}`);
}

// reason is the first two reasons in one quiet line.
function reason(why) {
  const texts = why.map(({ text }) => text).filter(Boolean);
  if (texts.length === 0) return null;
  return h("p", { class: "reason" }, icon("check"), h("span", {}, texts.slice(0, 2).join(" · ")));
}
