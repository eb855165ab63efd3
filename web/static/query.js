// A query is what the buyer asks for: words, a photo with its region, a product
// to resemble, filters. It is a plain value; changing it makes a new one.

import { config } from "./config.js";

export const noFilters = Object.freeze({
  category: "", brands: [], colors: [], sizes: [], gender: "", age_group: "",
  seasons: [], occasions: [], patterns: [], materials: [],
  price_min: 0, price_max: 0, in_stock: true,
});

export const emptyQuery = Object.freeze({ text: "", like: "", photo: "", region: null, filters: noFilters });

// isHome says that nothing is asked for.
export function isHome(query) {
  return keyOf(query) === keyOf(emptyQuery);
}

// keyOf is equal for queries that ask the same.
export function keyOf({ text, like, photo, region, filters }) {
  return JSON.stringify([text, like, photo, region, Object.keys(noFilters).map((name) => filters[name])]);
}

// hasFilters says that the buyer chose filters beside words and photo.
export function hasFilters({ filters }) {
  return keyOf({ ...emptyQuery, filters }) !== keyOf(emptyQuery);
}

// withFilters changes some filters.
export function withFilters(query, changes) {
  return { ...query, filters: { ...query.filters, ...changes } };
}

// toRequest is the body of POST /v1/search.
export function toRequest(query, limit, cursor = "") {
  const filters = Object.fromEntries(
    Object.entries(query.filters).filter(([name, value]) => name === "in_stock" || (Array.isArray(value) ? value.length : value)));
  const request = { text: query.text, filters, limit, cursor, language: config.language };
  if (query.photo) request.image_id = query.photo;
  if (query.photo && query.region) request.region = query.region;
  if (query.like) request.product_id = query.like;
  return request;
}

const english = /\b(gifts?|presents?)\b(?! *(box|boxes|wrap|wrapping|card|cards|bag|bags|set|sets|tag|tags|hamper|hampers))/i;
const chinese = /礼物|送(什么|啥|礼|给)|送.{1,6}(什么|啥)/u;

// asksForGift tells whether words alone want a present, not a gift box.
export function asksForGift({ text, photo, like, filters }) {
  return !photo && !like && !hasFilters({ filters }) && (english.test(text) || chinese.test(text));
}
