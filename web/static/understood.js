// What the server understood, as conditions that a buyer can take away.

import { config } from "./config.js";
import { t, nameOf } from "./i18n.js";
import { format } from "./money.js";
import { withFilters } from "./query.js";

// Which name table the values of a field are in; others are called as the field.
const singular = {
  categories: "category", colors: "color", brands: "brand", sizes: "size",
  seasons: "season", occasions: "occasion", patterns: "pattern", materials: "material",
};
const notConditions = new Set(["language", "price_min", "price_max", "in_stock"]);

// conditionsOf lists {field, value, label, not}: first the buyer's own filters, then
// what the server read out of the words.
export function conditionsOf(query, understood = {}) {
  const found = [...conditionsIn(query.filters), ...conditionsIn(understood), ...conditionsIn(understood.not ?? {}, true)];
  const price = priceOf(query.filters) ?? priceOf(understood);
  if (price) found.push(price);
  if (!query.filters.in_stock) found.push({ field: "in_stock", value: false, label: t("chips.stock.all") });
  const seen = new Set();
  return found.filter((one) => !seen.has(idOf(one)) && seen.add(idOf(one)));
}

// idOf is equal for conditions that say the same.
export const idOf = ({ field, value, not = false }) => `${not}:${field}:${value}`;

function conditionsIn(fields, not = false) {
  return Object.entries(fields).flatMap(([field, value]) => {
    if (notConditions.has(field)) return [];
    const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string" && one !== "");
    return values.map((one) => ({ field, value: one, not, label: labelOf(field, one, not) }));
  });
}

function labelOf(field, value, not) {
  const name = field === "brands" || field === "sizes" ? value : nameOf(singular[field] ?? field, value);
  return not ? t("chips.not", { name }) : name;
}

function priceOf({ price_min: min = 0, price_max: max = 0 }) {
  if (!min && !max) return null;
  const shown = (amount) => format({ amount, currency: config.currency });
  const key = min && max ? "chips.price.both" : min ? "chips.price.min" : "chips.price.max";
  return { field: "price", value: `${min}-${max}`, label: t(key, { min: shown(min || 0), max: shown(max || 0) }) };
}

// without is the query with the condition taken away. A filter is simply cleared.
// What the words say is cut out of the words; where that fails, all the words
// become the filters they were understood as, except this one.
export function without(query, understood, condition) {
  const cleared = clear(query, condition);
  if (cleared) return cleared;
  const text = cut(query.text, condition);
  return text === query.text ? wordsToFilters(query, understood, condition) : { ...query, text };
}

function clear(query, { field, value, not }) {
  const { filters } = query;
  if (not) return null; // only words say what not
  if (field === "like") return { ...query, like: "" };
  if (field === "in_stock") return withFilters(query, { in_stock: true });
  if (field === "price") return filters.price_min || filters.price_max ? withFilters(query, { price_min: 0, price_max: 0 }) : null;
  if (Array.isArray(filters[field])) {
    return filters[field].includes(value) ? withFilters(query, { [field]: filters[field].filter((one) => one !== value) }) : null;
  }
  return filters[field] === value ? withFilters(query, { [field]: "" }) : null;
}

// cut takes the condition's own names out of the text, longest first.
function cut(text, { field, value, not }) {
  if (field === "price") return tidy(text.replace(priceWords, " "));
  const label = labelOf(field, value);
  const bare = value.split(".").at(-1).replaceAll(/[-_]/g, " ");
  const names = [label, value, bare].flatMap((name) => [name, name.replace(/s$/, ""), name.replace(/es$/, "")]);
  for (const name of names.filter(Boolean).sort((a, b) => b.length - a.length)) {
    const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const start = /^[a-z0-9]/i.test(name) ? "(?<![a-z0-9])" : "";
    const end = /[a-z0-9]$/i.test(name) ? "(?![a-z0-9])" : "";
    const rest = text.replace(new RegExp(`${not ? denial : ""}${start}${escaped}${end}的?`, "i"), " ");
    if (rest !== text) return tidy(rest);
  }
  return text;
}

// What stands before a thing that is not wanted.
const denial = "(?:,?\\s*\\b(?:but\\s+)?(?:not|no|without|except)(?:\\s+in)?\\s+|不要|不是|除了|非|别)";

// A price is a number with the words of a limit and a currency around it.
const amount = "[$€£¥₹]?\\s*\\d[\\d.,]*\\s*(?:usd|eur|gbp|inr|cny|rmb|dollars?|euros?|rupees|yuan|bucks|美元|元|块钱?|卢比)?";
const limits = "under|below|less than|up to|at most|max(?:imum)?|over|above|more than|at least|from|between|cheaper than|不超过|低于|高于|不到|少于|超过";
const after = "(?:以内|以下|以上|之内|左右|起)";
const priceWords = new RegExp(`(?:\\b|(?=[\\u4e00-\\u9fff]))(?:${limits})\\s*${amount}(?:\\s*(?:and|to|[-–~到至])\\s*${amount})?${after}?|${amount}(?:\\s*[-–~到至]\\s*${amount})?\\s*${after}的?|${amount}\\s*[-–~到至]\\s*${amount}的?`, "giu");

const tidy = (text) => text.replaceAll(/\s+/g, " ").replaceAll(/ (?=[,，、])/g, "").replace(/^[\s,，、的]+|[\s,，、]+$/g, "");

// wordsToFilters gives up the words but keeps all else that they were understood as.
export function wordsToFilters(query, understood, { field, value, not }) {
  const kept = {};
  for (const name of Object.keys(query.filters)) {
    const read = understood[name];
    if (name === "in_stock" || read === undefined || (field === "price" && name.startsWith("price_"))) continue;
    if (Array.isArray(query.filters[name])) {
      kept[name] = [...new Set([...query.filters[name], ...read])].filter((one) => not || name !== field || one !== value);
    } else if (not || name !== field) kept[name] = query.filters[name] || read;
  }
  return withFilters({ ...query, text: "" }, kept);
}
