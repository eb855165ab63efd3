// What goes with a product: whole outfits, or sets, as boards to swipe through.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { mini } from "./mini.js";
import { format } from "./money.js";

// outfitBoards makes a section of boards, or nothing where there are none. on has: open(product).
export function outfitBoards(outfits, on) {
  const boards = boardList(outfits, on);
  return boards && h("section", { class: "product-outfits", "aria-labelledby": "outfits-title" },
    h("div", { class: "row-head" }, h("h3", { id: "outfits-title" }, t("outfits.title"))), boards);
}

// boardList is the boards alone, or nothing. on has: open(product), and may have
// swap(piece) for the first of them.
export function boardList(outfits, on) {
  const whole = outfits.filter(({ pieces }) => pieces.length > 0);
  return whole.length > 0 && h("ul", { class: "boards", tabindex: "0", "aria-label": t("outfits.title") },
    ...whole.map((outfit, n) => h("li", {}, board(outfit, n, n > 0 ? { open: on.open } : on))));
}

function board(outfit, n, on) {
  return h("article", { class: "board", "aria-label": t("outfits.board", { n: n + 1 }) },
    h("div", { class: "board-head" },
      h("h4", {}, t("outfits.board", { n: n + 1 })),
      outfit.total?.currency && h("p", { class: "board-total" }, t("outfits.total", { price: format(outfit.total) }))),
    said(outfit.why) && h("p", { class: "board-why" }, said(outfit.why)),
    h("ul", { class: "board-pieces" }, ...outfit.pieces.map((piece) => h("li", {},
      mini(piece.product, on, piece.label), said(piece.why) && h("p", { class: "piece-why" }, said(piece.why)),
      on.swap && piece.label && h("button", {
        type: "button", class: "quiet", "aria-label": t("outfits.swap.label", { slot: piece.label }), on: { click: () => on.swap(piece) },
      }, icon("swap"), t("outfits.swap"))))));
}

// said is one reason, since more is more than a board can bear: the first that
// says more than which slot is filled.
const said = (why = []) => (why.find(({ field }) => field !== "slot") ?? why[0])?.text;
