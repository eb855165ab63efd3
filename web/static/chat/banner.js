// Who holds the conversation, while it is not the assistant.

import { h, icon } from "../dom.js";
import { t, time } from "../i18n.js";

// makeBanner fills the element. on has: rate(score).
export function makeBanner(element, on) {
  function show(state) {
    const content = contentOf(state, on);
    element.hidden = content.length === 0;
    element.dataset.state = state.state;
    element.replaceChildren(...content);
  }
  return { show };
}

function contentOf({ state, handover, agent, met, rated }, on) {
  if (state === "waiting") return [icon("person"), h("p", {}, waitingWords(handover))];
  if (state === "human") return [icon("person"), h("p", {}, t("chat.human", { name: agent || t("chat.agent.nameless") }))];
  if (state !== "closed") return [];
  if (rated) return [h("p", {}, t("chat.rated"))];
  return [h("p", { id: "chat-rate" }, t(met ? "chat.rate" : "chat.closed")), ...(met ? [scores(on)] : [])];
}

function waitingWords(handover) {
  const { place = 0, opens = "" } = handover ?? {};
  if (opens) return t("chat.waiting.opens", { time: time(opens) });
  return place > 0 ? t("chat.waiting.place", { n: place }) : t("chat.waiting");
}

function scores(on) {
  return h("div", { class: "scores", role: "group", "aria-labelledby": "chat-rate" }, ...[1, 2, 3, 4, 5].map((score) =>
    h("button", { type: "button", "aria-label": t("chat.rate.of", { n: score }), on: { click: () => on.rate(score) } }, String(score))));
}
