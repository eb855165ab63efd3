// The address names the query, so that reload, back and a shared link show the
// same; the history's entry holds what must not be shared.

import { noFilters } from "./query.js";

// Names in the address: short, and stable, since people share them.
const texts = { category: "category", gender: "gender", age_group: "age" };
const lists = { brands: "brand", colors: "color", sizes: "size", seasons: "season", occasions: "occasion", patterns: "pattern", materials: "material" };
const numbers = { price_min: "min", price_max: "max" };

// Parts of the address that are not the query's and outlive it.
const lasting = ["store", "lang", "chat"];

// readAddress is {query, product, chat}: what is searched, the product that lies
// open or "", and whether the chat is open.
export function readAddress() {
  const params = new URLSearchParams(location.search);
  return { query: fromParams(params, history.state), product: params.get("p") ?? "", chat: params.has("chat") };
}

// writeQuery makes the address name the query, in a new entry or in place of this one.
export function writeQuery(query, replace = false) {
  const params = toParams(query);
  const now = new URLSearchParams(location.search);
  for (const name of lasting) if (now.has(name)) params.set(name, now.get(name));
  step(params, { photo: query.photo, region: query.region }, replace);
}

// withProduct is the present address with the product open in it.
export function withProduct(id) {
  const params = new URLSearchParams(location.search);
  params.set("p", id);
  return `?${params}`;
}

// enterProduct opens the product in the address. From one product to the next
// the entry is replaced, so that back leads to the list.
export function enterProduct(id) {
  const replace = new URLSearchParams(location.search).has("p");
  const entered = replace ? history.state?.entered : true;
  step(new URLSearchParams(withProduct(id)), { ...history.state, entered }, replace);
}

// leaveProduct takes the product out of the address: back where it was entered from the list.
export function leaveProduct() {
  const params = new URLSearchParams(location.search);
  if (!params.has("p")) return;
  if (history.state?.entered) return history.back();
  params.delete("p");
  step(params, history.state, true);
}

// enterChat notes that the chat is open: over the page in a new entry, so that back
// leads to the page, beside it in this one.
export function enterChat(over) {
  const params = new URLSearchParams(location.search);
  if (params.has("chat")) return;
  params.set("chat", "1");
  step(params, over ? { ...history.state, over } : history.state, !over);
}

// leaveChat notes that it is closed.
export function leaveChat() {
  const params = new URLSearchParams(location.search);
  if (!params.has("chat")) return;
  if (history.state?.over) return history.back();
  params.delete("chat");
  step(params, history.state, true);
}

// productToChat puts the chat in the place of the open product, unless it is open as well.
export function productToChat() {
  const params = new URLSearchParams(location.search);
  if (!params.has("p") || params.has("chat")) return;
  params.delete("p");
  params.set("chat", "1");
  step(params, { ...history.state, over: Boolean(history.state?.entered), entered: false }, true);
}

// changeLanguage loads the same address in another language.
export function changeLanguage(language) {
  const params = new URLSearchParams(location.search);
  params.set("lang", language);
  step(params, history.state, true);
  location.reload();
}

function step(params, state, replace) {
  history[replace ? "replaceState" : "pushState"](state, "", `${location.pathname}${params.size ? `?${params}` : ""}`);
}

// toParams is the part of the address that names the query. The photo is not in
// it: an address may be shared, a photo is the buyer's own.
function toParams(query) {
  const params = new URLSearchParams();
  if (query.text) params.set("q", query.text);
  if (query.like) params.set("like", query.like);
  for (const [name, short] of Object.entries({ ...texts, ...numbers })) {
    if (query.filters[name]) params.set(short, query.filters[name]);
  }
  for (const [name, short] of Object.entries(lists)) {
    for (const value of query.filters[name]) params.append(short, value);
  }
  if (!query.filters.in_stock) params.set("stock", "all");
  return params;
}

// fromParams reads an address; kept is what the browser's history holds of the photo.
function fromParams(params, kept) {
  const filters = { ...noFilters };
  for (const [name, short] of Object.entries(texts)) filters[name] = params.get(short) ?? "";
  for (const [name, short] of Object.entries(lists)) filters[name] = params.getAll(short).filter(Boolean);
  for (const [name, short] of Object.entries(numbers)) {
    const amount = Number(params.get(short));
    filters[name] = Number.isSafeInteger(amount) && amount > 0 ? amount : 0;
  }
  filters.in_stock = params.get("stock") !== "all";
  return {
    text: (params.get("q") ?? "").trim(), like: params.get("like") ?? "",
    photo: kept?.photo ?? "", region: kept?.region ?? null, filters,
  };
}
