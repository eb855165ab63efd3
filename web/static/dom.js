// Building elements without markup strings, so that no product text is ever markup.

import { t } from "./i18n.js";

// h makes an element. Properties: class, dataset, on (listeners by event), and
// otherwise attributes, where true is an empty one and false, null and undefined are none.
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const sprite = new URL("icons.svg", import.meta.url).pathname;

// icon draws one symbol of icons.svg; it says nothing to a screen reader.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

// hidden is text for screen readers only.
export const hidden = (text) => h("span", { class: "visually-hidden" }, text);

// safeURL is the address if a page may follow or show it, else null: a feed
// could hold "javascript:".
export function safeURL(address) {
  if (!address) return null;
  try {
    const url = new URL(address, location.href);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

// picture is a lazily loaded image on a tile; one that is missing or broken says so.
export function picture(address, alt, { eager = false } = {}) {
  const tile = h("span", { class: "tile" });
  const fail = () => tile.replaceChildren(h("span", { class: "tile-empty" }, icon("photo"), hidden(alt || t("card.nopicture"))));
  const source = safeURL(address);
  if (!source) {
    fail();
    return tile;
  }
  tile.append(h("img", { alt, loading: eager ? "eager" : "lazy", decoding: "async", on: { error: fail }, src: source }));
  return tile;
}

// announce tells the page's live region.
export function announce(text) {
  document.getElementById("status").textContent = text;
}

const dialogClosing = (event) => {
  // A press on the backdrop reaches the dialog itself, never a child.
  if (event.target === event.currentTarget) event.currentTarget.close();
};

// openDialog shows a modal dialog: the browser keeps the focus inside, closes it
// with Escape and gives the focus back.
export function openDialog(dialog) {
  dialog.addEventListener("pointerdown", dialogClosing);
  if (!dialog.open) dialog.showModal();
}
