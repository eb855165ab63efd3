// A product as small as it gets: picture, title, price, and what it stands for here.

import { h, picture } from "./dom.js";
import { plainClick, price, titleOf } from "./card.js";
import { withProduct } from "./address.js";

// mini makes one. on has: open(product).
export function mini(product, on, label = "") {
  return h("a", {
    class: "mini", href: withProduct(product.id),
    on: { click: (event) => plainClick(event) && on.open(product) },
  }, picture(product.image_link, ""), label && h("span", { class: "mini-label" }, label),
  h("span", { class: "mini-title" }, titleOf(product)), price(product));
}
