// The drawer of filters. Its choices are what the results and the understanding
// of this search have shown so far, so that every choice leads to something.

import { config } from "./config.js";
import { h, openDialog } from "./dom.js";
import { t, nameOf } from "./i18n.js";
import { parse, plain } from "./money.js";
import { colorDot } from "./card.js";

const genders = ["female", "male", "unisex"];
const sizeOrder = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL", "4XL", "5XL"];

// makeFilters wires the drawer; apply gets the chosen filters.
export function makeFilters(dialog, apply) {
  const form = dialog.querySelector("form");
  const choices = { colors: new Set(), sizes: new Set() };
  let subject = "";

  // learn adds what an outcome shows; another search starts afresh.
  function learn(query, outcome) {
    const about = JSON.stringify([query.text, query.photo, query.like]);
    if (about !== subject) for (const set of Object.values(choices)) set.clear();
    subject = about;
    for (const field of Object.keys(choices)) {
      const values = [...(outcome?.understood[field] ?? []), ...(outcome?.products ?? []).flatMap(({ product }) => product[field] ?? [])];
      for (const value of values) choices[field].add(value);
    }
  }

  function open(query) {
    const { filters } = query;
    for (const field of ["price_min", "price_max"]) {
      form.elements[field].value = filters[field] ? plain(filters[field], config.currency) : "";
    }
    form.elements.in_stock.checked = filters.in_stock;
    fill("colors", [...choices.colors], filters.colors, (value) => [colorDot(value), nameOf("color", value)]);
    fill("sizes", [...choices.sizes].sort(bySize), filters.sizes, (value) => [value]);
    fill("gender", ["", ...genders], [filters.gender], (value) => [value ? t(`gender.${value}`) : t("filters.gender.any")], "radio");
    complain("");
    openDialog(dialog);
  }

  function fill(field, values, chosen, label, type = "checkbox") {
    const all = [...new Set([...values, ...chosen])];
    const group = form.querySelector(`[data-choices="${field}"]`);
    group.closest("fieldset").hidden = all.length === 0;
    group.replaceChildren(...all.map((value) => {
      const input = h("input", { type, name: field, value, class: "visually-hidden" });
      input.checked = chosen.includes(value);
      return h("label", { class: "choice" }, input, h("span", { class: "chip" }, ...label(value).filter(Boolean)));
    }));
  }

  function complain(text, field) {
    const error = form.querySelector("[data-error]");
    error.textContent = text;
    for (const name of ["price_min", "price_max"]) {
      form.elements[name].toggleAttribute("aria-invalid", Boolean(text) && (!field || name === field));
    }
    if (text) form.elements[field ?? "price_max"].focus();
  }

  // read is the form as filters, or null after saying what is wrong.
  function read() {
    const data = new FormData(form);
    const filters = {
      colors: data.getAll("colors"), sizes: data.getAll("sizes"), gender: data.get("gender") ?? "",
      in_stock: form.elements.in_stock.checked,
    };
    for (const field of ["price_min", "price_max"]) {
      const amount = parse(data.get(field), config.currency);
      if (Number.isNaN(amount)) return complain(t("filters.price.invalid"), field);
      filters[field] = amount ?? 0;
    }
    if (filters.price_max && filters.price_min > filters.price_max) return complain(t("filters.price.order"));
    return filters;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const filters = read();
    if (!filters) return;
    dialog.close();
    apply(filters);
  });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    dialog.close();
    apply({ colors: [], sizes: [], gender: "", price_min: 0, price_max: 0, in_stock: true });
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  return { learn, open };
}

// bySize puts letters in the order of wearing, numbers by value, the rest by name.
function bySize(a, b) {
  const rank = (size) => {
    const letter = sizeOrder.indexOf(size.toUpperCase());
    return letter >= 0 ? [0, letter] : [1, Number.parseFloat(size)];
  };
  const [left, right] = [rank(a), rank(b)];
  return left[0] - right[0] || (left[1] - right[1]) || a.localeCompare(b);
}
