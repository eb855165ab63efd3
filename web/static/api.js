// Calls to the server. Every failure becomes a Problem with one of the codes
// that strings/*.json has words for.

import { config } from "./config.js";
import { readEvents } from "./chat/sse.js";

const patience = { search: 15_000, upload: 45_000 };

// The codes of the HTTP contract, by status, for answers that are no problem document.
const codes = {
  400: "malformed", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 409: "conflict",
  413: "too_large", 415: "unsupported_media", 422: "invalid", 429: "rate_limited",
  502: "unavailable", 503: "unavailable", 504: "timeout",
};
const known = new Set([...Object.values(codes), "internal"]);

// Problem is why a call failed. retryAfter is in seconds, 0 where the server named none.
export class Problem extends Error {
  constructor(code, { detail = "", retryAfter = 0, reference = "" } = {}) {
    super(detail || code);
    Object.assign(this, { code, detail, retryAfter, reference });
  }
}

export function search(request, signal) {
  return call("/v1/search", { method: "POST", json: request, signal });
}

export function product(id, signal) {
  return call(`/v1/products/${encodeURIComponent(id)}`, { signal });
}

export function similar(id, limit, signal) {
  return call(`/v1/products/${encodeURIComponent(id)}/similar?limit=${limit}&language=${config.language}`, { signal });
}

// gifts answers words that ask for a present.
export function gifts(text, limit, signal) {
  return call("/v1/gifts", { method: "POST", json: { text, limit, language: config.language }, signal });
}

export function outfits(id, signal) {
  return call(`/v1/products/${encodeURIComponent(id)}/outfits?language=${config.language}`, { signal });
}

export function uploadPhoto(file, signal) {
  const body = new FormData();
  body.append("image", file, file.name || "photo.jpg");
  return call("/v1/images", { method: "POST", body, signal, timeout: patience.upload });
}

// call resolves to what the server answers, null where it answers nothing. It
// rejects with a Problem, or with the signal's AbortError if the page itself gave up.
export async function call(path, options = {}) {
  const clock = makeClock(options.timeout ?? patience.search);
  try {
    const response = await ask(path, options, clock);
    return response.status === 204 ? null : await response.json();
  } catch (failure) {
    throw reasonOf(failure, options.signal, clock);
  } finally {
    clock.stop();
  }
}

// events reads an event stream, {id, event, data} at a time, and rejects as call
// does. Its timeout counts from the last sign of life, a comment included.
export async function* events(path, options) {
  const clock = makeClock(options.timeout);
  try {
    const headers = { ...options.headers, Accept: "text/event-stream" };
    const response = await ask(path, { ...options, headers }, clock);
    yield* readEvents(response.body, clock.restart);
  } catch (failure) {
    throw reasonOf(failure, options.signal, clock);
  } finally {
    clock.stop();
  }
}

async function ask(path, { method = "GET", json, body, headers, signal }, clock) {
  const sent = { Accept: "application/json", "Accept-Language": config.language, ...headers };
  if (config.key) sent.Authorization = `Bearer ${config.key}`;
  if (json) {
    sent["Content-Type"] = "application/json";
    body = JSON.stringify(json);
  }
  const signals = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
  const response = await fetch(path, { method, headers: sent, body, signal: signals, credentials: "omit" });
  if (!response.ok) throw await problemOf(response);
  return response;
}

// makeClock aborts its signal once wait milliseconds have passed without a restart.
function makeClock(wait) {
  const end = new AbortController();
  let running = 0;
  const stop = () => clearTimeout(running);
  const restart = () => {
    stop();
    running = setTimeout(() => end.abort(), wait);
  };
  restart();
  return { signal: end.signal, restart, stop };
}

function reasonOf(failure, signal, clock) {
  if (failure instanceof Problem || signal?.aborted) return failure;
  if (clock.signal.aborted) return new Problem("timeout");
  return new Problem(navigator.onLine ? "network" : "offline");
}

async function problemOf(response) {
  const document = await response.json().catch(() => ({}));
  const code = known.has(document.code) ? document.code : codes[response.status] ?? "internal";
  const details = [document.detail, ...(document.errors ?? []).map((error) => error.message)];
  return new Problem(code, {
    detail: [...new Set(details.filter(Boolean))].join(" "),
    retryAfter: seconds(response.headers.get("Retry-After")),
    reference: response.headers.get("Request-Id") ?? "",
  });
}

// seconds reads Retry-After, which is a number of seconds or a date.
function seconds(value) {
  if (!value) return 0;
  const wait = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Math.min(Math.max(Math.ceil(wait) || 0, 0), 600);
}
