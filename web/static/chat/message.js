// One message as it stands in the chat. What the shop or a person wrote is text
// and nothing else.

import { h, hidden, icon } from "../dom.js";
import { t } from "../i18n.js";
import { titleOf } from "../card.js";
import { box, partBoxes } from "./photoparts.js";
import { nextChips, productRow, replyParts } from "./parts.js";

// makeMessage makes an element that follows its entry: call update after a change.
// on has: open(product), say(text, more), thumb(entry, rating), retry(entry), edit(entry).
export function makeMessage(entry, on) {
  const makers = { buyer: buyerMessage, bot: botMessage, agent: agentMessage, system: systemMessage };
  const { element, update } = makers[entry.role](entry, on);
  element.dataset.role = entry.role;
  update();
  return { element, update };
}

function buyerMessage(entry, on) {
  const fate = h("div", { class: "said-fate" });
  const photo = entry.photo && sentPhoto(entry);
  const element = h("li", { class: "said" }, hidden(t("chat.you")),
    photo,
    entry.about && h("p", { class: "said-about" }, t("chat.about", { title: titleOf(entry.about) })),
    (entry.text || entry.regionName) && h("p", { class: "bubble" }, entry.text || t("chat.part", { name: entry.regionName })),
    fate);
  const update = () => {
    element.dataset.status = entry.status;
    if (photo && entry.regions && !entry.region && !photo.querySelector("button")) photo.append(...partBoxes(entry.photo, entry.regions, on));
    fate.replaceChildren(...fateOf(entry, on));
  };
  return { element, update };
}

function sentPhoto({ photo, region }) {
  if (!photo.preview) return h("p", { class: "bubble said-photo" }, icon("photo"), t("chat.photo.sent"));
  return h("div", { class: "said-photo" }, h("img", { src: photo.preview, alt: t("chat.photo.alt") }), region && box(region));
}

// fateOf tells of a message that did not get through, and what can be done.
function fateOf(entry, on) {
  if (entry.status === "waiting") return entry.problem ? [h("p", {}, t("chat.again.soon"))] : [];
  if (entry.status !== "failed") return [];
  const { problem } = entry;
  const words = problem.code === "invalid" && problem.detail ? problem.detail : t(`error.${problem.code}.title`);
  return [
    h("p", {}, icon("alert"), t("chat.unsent", { why: words })),
    h("div", { class: "said-ways" },
      retryButton(entry, on),
      h("button", { type: "button", class: "quiet", on: { click: () => on.edit(entry) } }, t("chat.edit")))];
}

function retryButton(entry, on) {
  const button = h("button", { type: "button", class: "quiet", on: { click: () => on.retry(entry) } }, t("error.retry"));
  let left = entry.problem.retryAfter;
  const show = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? t("error.retry.in", { n: left }) : t("error.retry");
    if (left <= 0 || !button.isConnected) clearInterval(clock);
    left -= 1;
  };
  const clock = setInterval(show, 1000);
  queueMicrotask(show);
  return button;
}

function botMessage(entry, on) {
  const text = h("p", { class: "bubble", dir: "auto" });
  const progress = h("p", { class: "said-working" }, h("span", { class: "dots3", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", {}));
  const found = h("div", { class: "said-parts" });
  const verdict = entry.working || entry.id ? thumbs(entry, on) : { element: null, update() {} };
  const next = h("div", { class: "said-next" });
  const element = h("li", { class: "said" }, hidden(t("chat.assistant")), text, progress, found, verdict.element, next);
  let shown = null; // what the parts were made of

  const update = () => {
    if (text.textContent !== entry.text) text.textContent = entry.text;
    text.hidden = !entry.text;
    progress.hidden = !entry.working || Boolean(entry.text);
    progress.lastChild.textContent = t(entry.progress?.status === "reading" ? "chat.reading" : "chat.working");
    verdict.update();
    const parts = entry.reply ?? entry.products ?? null;
    if (shown === parts) return;
    shown = parts;
    if (entry.reply) {
      found.replaceChildren(...replyParts(entry, on));
      next.replaceChildren(...nextChips(entry, on));
    } else found.replaceChildren(...(entry.products ? [productRow(entry.products, on)] : []));
  };
  return { element, update };
}

// thumbs say whether a reply helped; the other one takes a thumb back.
function thumbs(entry, on) {
  const buttons = ["up", "down"].map((rating) => h("button", {
    type: "button", class: "icon-button thumb-button", "aria-label": t(`chat.thumb.${rating}`), title: t(`chat.thumb.${rating}`),
    on: { click: () => entry.feedback !== rating && on.thumb(entry, rating) },
  }, icon(`thumb-${rating}`)));
  const element = h("div", { class: "said-thumbs", role: "group", "aria-label": t("chat.thumbs") }, ...buttons);
  const update = () => {
    element.hidden = Boolean(entry.working) || !entry.id;
    buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(entry.feedback === ["up", "down"][n])));
  };
  return { element, update };
}

function agentMessage(entry) {
  const element = h("li", { class: "said" },
    h("p", { class: "said-name" }, t("chat.agent", { name: entry.agent || t("chat.agent.nameless") })),
    h("p", { class: "bubble", dir: "auto" }, entry.text));
  return { element, update() {} };
}

function systemMessage(entry) {
  return { element: h("li", { class: "said" }, h("p", {}, entry.text)), update() {} };
}
