// The interface's words and what the store's values are called.

import { config } from "./config.js";

// The buyer's own variety of the language where they have one (en-IN groups
// digits differently from en-US), for numbers, dates and plurals.
export const locale =
  navigator.languages.find((tag) => tag.split("-")[0] === config.language) ??
  (config.language === "zh" ? "zh-CN" : config.language);

const plurals = new Intl.PluralRules(locale);

// t fills the text of key: t("results.more"), t("card.open", {title}).
export function t(key, values = {}) {
  const text = config.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// counted fills key.one or key.other.
export function counted(key, n) {
  const form = plurals.select(n) === "one" ? "one" : "other";
  return t(`${key}.${form}`, { n: n.toLocaleString(locale) });
}

// nameOf is what a value of a product or filter is called: by the store's names,
// then the interface's, else the value itself made readable.
export function nameOf(field, value) {
  const named = config.names?.[`${field}:${value}`] ?? config.words[`${field}.${value}`];
  if (named) return capital(named);
  return capital(String(value).split(".").at(-1).replaceAll(/[-_]/g, " "));
}

// list joins names as the language does.
export function list(names) {
  return new Intl.ListFormat(locale, { type: "conjunction", style: "narrow" }).format(names);
}

export function date(iso) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(iso));
}

// day is a date without a time, YYYY-MM-DD, which is the same day everywhere.
export function day(text) {
  const at = new Date(text);
  return Number.isNaN(at.valueOf()) ? text : new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(at);
}

// time is a moment of the near future.
export function time(iso) {
  return new Intl.DateTimeFormat(locale, { weekday: "long", hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
