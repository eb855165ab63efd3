// What goes with a product: whole outfits, or sets, as boards to swipe through.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { mini } from "./mini.js";
import { format } from "./money.js";

// outfitBoards makes a section of boards, or nothing where there are none. on has: open(product).
export function outfitBoards(outfits, on) {
  const whole = outfits.filter(({ pieces }) => pieces.length > 0);
  if (whole.length === 0) return null;
  return h("section", { class: "product-outfits", "aria-labelledby": "outfits-title" },
    h("div", { class: "row-head" }, h("h3", { id: "outfits-title" }, t("outfits.title"))),
    h("ul", { class: "boards", tabindex: "0", "aria-labelledby": "outfits-title" }, ...whole.map((outfit, n) => h("li", {}, board(outfit, n, on)))));
}

function board(outfit, n, on) {
  const title = `board-${n}`;
  return h("article", { class: "board", "aria-labelledby": title },
    h("div", { class: "board-head" },
      h("h4", { id: title }, t("outfits.board", { n: n + 1 })),
      outfit.total?.currency && h("p", { class: "board-total" }, t("outfits.total", { price: format(outfit.total) }))),
    said(outfit.why) && h("p", { class: "board-why" }, said(outfit.why)),
    h("ul", { class: "board-pieces" }, ...outfit.pieces.map((piece) => h("li", {},
      mini(piece.product, on, piece.label), said(piece.why) && h("p", { class: "piece-why" }, said(piece.why))))));
}

// said is one reason, since more is more than a board can bear: the first that
// says more than which slot is filled.
const said = (why = []) => (why.find(({ field }) => field !== "slot") ?? why[0])?.text;
