// One product in full: pictures, price, text, sizes, the way to the shop, what goes with it and what is like it.

import { h, icon, hidden, openDialog, picture, safeURL } from "./dom.js";
import { t, nameOf } from "./i18n.js";
import { outfits, product as fetchProduct, similar } from "./api.js";
import { colorDot, descriptionOf, price, titleOf } from "./card.js";
import { mini } from "./mini.js";
import { errorNotice } from "./notice.js";
import { outfitBoards } from "./outfits.js";

const similarShown = 6;

// makeProductDialog wires the dialog. on has: open(product),
// like(product), ask(product), closed().
export function makeProductDialog(dialog, on) {
  const body = dialog.querySelector("[data-body]");
  let running = new AbortController();
  let shown = "";

  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    running.abort();
    shown = "";
    on.closed();
  });

  // show opens the product by id; known spares fetching it.
  async function show(id, known) {
    if (shown === id && dialog.open) return;
    running.abort();
    running = new AbortController();
    const mine = running.signal;
    shown = id;
    if (!known) body.replaceChildren(h("p", { class: "product-loading", role: "status" }, t("product.loading")));
    openDialog(dialog);
    try {
      const product = known ?? await fetchProduct(id, mine);
      if (mine.aborted) return;
      body.replaceChildren(...page(product, on));
      dialog.scrollTop = 0;
      body.querySelector("h2").focus({ preventScroll: true });
      const places = [h("div"), h("div")]; // in this order, whichever answer comes first
      body.append(...places);
      await Promise.all([showOutfits(product, places[0], mine), showSimilar(product, places[1], mine)]);
    } catch (problem) {
      if (!mine.aborted) body.replaceChildren(errorNotice(problem, () => { shown = ""; show(id); }));
    }
  }

  // What follows stands below the product, which stands without it: a failure is left out.

  async function showOutfits(product, place, signal) {
    const answer = await outfits(product.id, signal).catch(() => null);
    const boards = outfitBoards(answer?.outfits ?? [], on);
    if (!signal.aborted && boards) place.replaceWith(boards);
  }

  async function showSimilar(product, place, signal) {
    const answer = await similar(product.id, similarShown, signal).catch(() => null);
    const found = (answer?.products ?? []).filter((one) => one.product.id !== product.id);
    if (signal.aborted || found.length === 0) return;
    place.replaceWith(h("section", { class: "product-similar", "aria-labelledby": "similar-title" },
      h("div", { class: "row-head" },
        h("h3", { id: "similar-title" }, t("product.similar")),
        h("button", { type: "button", class: "quiet", on: { click: () => on.like(product) } }, t("product.similar.all"), icon("next"))),
      h("ul", { class: "mini-row" }, ...found.slice(0, similarShown).map((one) => h("li", {}, mini(one.product, on))))));
  }

  return { show, close: () => dialog.open && dialog.close() };
}

function page(product, on) {
  const title = titleOf(product);
  return [h("div", { class: "product" },
    gallery(product, title),
    h("div", { class: "product-text" },
      product.brand && h("p", { class: "card-brand" }, product.brand),
      h("h2", { id: "product-title", tabindex: "-1" }, title),
      price(product),
      product.availability && h("p", { class: `availability ${product.availability}` }, t(`availability.${product.availability}`)),
      h("div", { class: "product-ways" }, shopLink(product),
        h("button", { type: "button", class: "button secondary", on: { click: () => on.ask(product) } }, icon("chat"), t("product.ask"))),
      sizes(product),
      descriptionOf(product) && h("p", { class: "description" }, descriptionOf(product)),
      facts(product)))];
}

function gallery(product, title) {
  const addresses = [product.image_link, ...(product.additional_image_links ?? [])].filter(safeURL);
  const stage = h("div", { class: "gallery-stage" }, picture(addresses[0], title, { eager: true }));
  if (addresses.length < 2) return h("div", { class: "gallery" }, stage);
  const thumbs = addresses.map((address, n) => h("button", {
    type: "button", class: "thumb", "aria-label": t("product.picture", { n: n + 1, title }), "aria-pressed": String(n === 0),
    on: {
      click: (event) => {
        stage.replaceChildren(picture(address, title, { eager: true }));
        for (const thumb of thumbs) thumb.setAttribute("aria-pressed", String(thumb === event.currentTarget));
      },
    },
  }, picture(address, "")));
  return h("div", { class: "gallery" }, stage, h("div", { class: "thumbs", role: "group", "aria-label": t("product.pictures") }, ...thumbs));
}

function shopLink(product) {
  const link = safeURL(product.link);
  return link && h("a", { class: "button shop-link", href: link, target: "_blank", rel: "noopener" },
    t("product.shop"), hidden(` ${t("product.newtab")}`), icon("external"));
}

function sizes({ sizes: all = [] }) {
  return all.length > 0 && h("div", { class: "product-sizes" }, h("h3", {}, t("product.sizes")),
    h("ul", {}, ...all.map((size) => h("li", {}, size))));
}

function facts(product) {
  const rows = [
    ["colors", (product.colors ?? []).map((color) => h("span", { class: "color" }, colorDot(color), nameOf("color", color)))],
    ["material", product.material ? [nameOf("material", product.material)] : []],
    ["pattern", product.pattern ? [nameOf("pattern", product.pattern)] : []],
  ].filter(([, value]) => value.length > 0);
  return rows.length > 0 && h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [
    h("dt", {}, t(`product.${name}`)), h("dd", {}, ...value)]));
}
