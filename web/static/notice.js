// The states without products: nothing found, nothing like the photo, and errors.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

// emptyNotice offers the ways on that make sense for the query. ways: [{key, act}].
export function emptyNotice(kind, ways) {
  return h("div", { class: "notice" }, icon("empty"),
    h("h3", {}, t(`results.${kind}.title`)),
    h("p", {}, t(`results.${kind}.text`)),
    h("ul", { class: "ways" }, ...ways.map(({ key, act }) =>
      h("li", {}, h("button", { type: "button", class: "button secondary", on: { click: act } }, t(`results.way.${key}`))))));
}

const icons = { offline: "offline", network: "offline", rate_limited: "wait", timeout: "wait", unavailable: "wait" };

// Codes whose detail tells the buyer more than the code does.
const telling = new Set(["invalid", "malformed", "unsupported_media", "too_large"]);

// Codes where the same call may work later.
const passing = new Set(["offline", "network", "rate_limited", "unavailable", "timeout", "internal", "conflict"]);

// errorNotice explains a Problem and offers the way out: again where that may
// help (after the wait that the server asked for), and the other ways given.
export function errorNotice(problem, retry, ways = []) {
  const buttons = ways.map(({ key, act }) => h("button", { type: "button", class: "button secondary", on: { click: act } }, t(`results.way.${key}`)));
  if (passing.has(problem.code)) buttons.unshift(retryButton(problem.retryAfter, retry));
  return h("div", { class: "notice error", role: "alert", dataset: { code: problem.code } },
    icon(icons[problem.code] ?? "alert"),
    h("h3", {}, t(`error.${problem.code}.title`)),
    h("p", {}, problem.words ?? t(`error.${problem.code}.text`)),
    telling.has(problem.code) && problem.detail && h("p", { class: "detail" }, problem.detail),
    h("div", { class: "ways" }, ...buttons),
    problem.reference && h("p", { class: "reference" }, t("error.reference", { id: problem.reference })));
}

function retryButton(wait, retry) {
  const button = h("button", { type: "button", class: "button", on: { click: retry } }, t("error.retry"));
  if (wait <= 0) return button;
  let left = wait;
  button.disabled = true;
  button.textContent = t("error.retry.in", { n: left });
  const clock = setInterval(() => {
    left -= 1;
    button.textContent = left > 0 ? t("error.retry.in", { n: left }) : t("error.retry");
    button.disabled = left > 0;
    if (left <= 0 || !button.isConnected) clearInterval(clock);
  }, 1000);
  return button;
}
