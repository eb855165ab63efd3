// The storefront: ties the address, the search form, the photo, the results and
// the dialogs to one session.

import { config } from "./config.js";
import { h, announce } from "./dom.js";
import { t, nameOf } from "./i18n.js";
import { uploadPhoto, Problem } from "./api.js";
import { emptyQuery, keyOf, hasFilters, isHome, withFilters } from "./query.js";
import { makeChat } from "./chat/panel.js";
import { readAddress, writeQuery, enterProduct, leaveProduct, enterChat, leaveChat, productToChat, changeLanguage } from "./address.js";
import { makeSession } from "./session.js";
import { without, wordsToFilters, conditionsOf, idOf } from "./understood.js";
import { renderResults } from "./results.js";
import { listenForPhotos, prepare, keep, recall } from "./photo.js";
import { makePhotoPanel } from "./photopanel.js";
import { makeFilters } from "./filters.js";
import { makeProductDialog } from "./productdialog.js";

const byId = (id) => document.getElementById(id);
const form = byId("search");
const field = byId("words");
const touch = matchMedia("(pointer: coarse)");

const session = makeSession(show);
const filters = makeFilters(byId("filters"), (chosen) => go(withFilters(current(), chosen)));
const photoPanel = makePhotoPanel(byId("photo"), {
  region: (region) => go({ ...current(), region }),
  color: toggleColor,
  remove: () => { go({ ...current(), photo: "", region: null }); field.focus(); },
});
const productDialog = makeProductDialog(byId("product"), { open: openProduct, like, ask, closed: leaveProduct });
const chat = makeChat({ open: openProduct, opened: () => enterChat(!chat.isDocked()), closed: leaveChat });
let asked = ""; // the words of the query on display
let uploads = 0; // begun so far; only the newest counts
let uploading = false;
let opened = null; // the product that a card or row has opened, so that it need not be fetched

const current = () => session.state.query ?? emptyQuery;

const actions = {
  open: openProduct, like,
  more: showMore,
  retry: () => session.retry(),
  remove: removeCondition,
  clear: clearConditions,
  home: () => go(emptyQuery),
  words: () => { field.focus(); field.select(); },
  pickPhoto: () => byId("pick").click(),
  cropPhoto: () => { byId("photo").scrollIntoView({ block: "nearest" }); photoPanel.focusFrame(); },
};

// show brings the whole page in line with the session.
function show(state) {
  const { query, outcome, status } = state;
  const photo = query.photo ? recall(query.photo) ?? { id: query.photo } : null;
  document.body.dataset.view = isHome(query) && status !== "failed" ? "home" : "results";
  document.title = query.text ? `${query.text} · ${config.store}` : config.store;
  if (query.text !== asked) field.value = asked = query.text; // what is being typed stays
  field.placeholder = t(photo ? "search.placeholder.photo" : "search.placeholder");
  if (!uploading) photoPanel.show(photo, query);
  filters.learn(query, outcome);
  renderResults({ ...state, photo }, actions);
}

// go asks for a query, writes it into the address and the history, and searches.
async function go(query, { replace = false } = {}) {
  if (keyOf(query) !== keyOf(current()) || replace) writeQuery(query, replace);
  return session.ask(query);
}

// read follows the address: on load, back and forward.
function read({ first = false } = {}) {
  const { query, product, chat: chatting } = readAddress();
  if (!session.state.query || keyOf(query) !== keyOf(current())) session.ask(query);
  if (product) productDialog.show(product, opened?.id === product ? opened : null);
  else productDialog.close();
  if (chat.isDocked() && !first) (chat.isOpen() ? enterChat : leaveChat)(false); // beside the page it stays as it is
  else if (chatting) chat.open({ focus: !first });
  else chat.close();
}

function openProduct(product) {
  opened = product.title ? product : null; // an order's item is only named
  enterProduct(product.id);
  read();
}

function like(product) {
  session.know(product);
  const query = { ...emptyQuery, like: product.id };
  writeQuery(query, Boolean(readAddress().product));
  productDialog.close();
  if (!chat.isDocked()) chat.close();
  session.ask(query);
  focusHeading();
}

function ask(product) {
  productToChat();
  productDialog.close();
  chat.ask(product);
}

// removeCondition searches without it. Where cutting its words did not help
// since the server still reads it out of them, the words give way to filters.
async function removeCondition(condition) {
  const before = session.state.outcome?.understood ?? {};
  focusHeading();
  const query = without(current(), before, condition);
  const outcome = await go(query);
  const still = outcome && conditionsOf(query, outcome.understood).some((one) => idOf(one) === idOf(condition));
  if (still) go(wordsToFilters(query, outcome.understood, condition), { replace: true });
}

// clearConditions clears the filters, or the words where no filter is left to clear.
function clearConditions() {
  go(hasFilters(current()) ? { ...current(), filters: emptyQuery.filters } : { ...current(), text: "", like: "" });
  focusHeading();
}

function toggleColor(name) {
  const { colors } = current().filters;
  go(withFilters(current(), { colors: colors.includes(name) ? colors.filter((one) => one !== name) : [...colors, name] }));
  announce(nameOf("color", name));
}

async function showMore() {
  const before = byId("list").childElementCount;
  await session.more();
  byId("list").children[before]?.querySelector("a").focus({ preventScroll: true });
}

async function takePhoto(file) {
  const mine = ++uploads;
  const query = { ...emptyQuery, text: field.value.trim(), filters: current().filters };
  try {
    const { file: sent, preview } = await prepare(file);
    uploading = true;
    document.body.dataset.view = "results";
    photoPanel.showUpload(preview);
    announce(t("photo.uploading"));
    const { id, regions, palette, expires_at } = await uploadPhoto(sent);
    if (mine !== uploads) return;
    keep({ id, preview, regions, palette, expires_at });
    uploading = false;
    await go({ ...query, photo: id });
  } catch (problem) {
    if (mine !== uploads) return;
    uploading = false;
    const known = problem instanceof Problem;
    session.refuse(current(), known ? problem : new Problem("internal"), () => takePhoto(file));
    if (!known) throw problem;
  }
}

function focusHeading() {
  const heading = byId("heading");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (touch.matches) field.blur(); // puts the keyboard away
  go({ ...current(), text: field.value.trim(), like: "" });
});
byId("home").addEventListener("click", (event) => { event.preventDefault(); field.value = ""; go(emptyQuery); scrollTo({ top: 0 }); });
byId("open-filters").addEventListener("click", () => filters.open(current()));
byId("language").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault(); // keep the search, change the words
  changeLanguage(link.lang.split("-")[0]);
});
for (const text of config.suggestions ?? []) {
  const use = () => { field.value = text; go({ ...emptyQuery, text }); };
  byId("suggestions").append(h("li", {}, h("button", { type: "button", class: "chip", on: { click: use } }, text)));
}
byId("try").hidden = (config.suggestions ?? []).length === 0;
addEventListener("popstate", () => read());
listenForPhotos(takePhoto);
read({ first: true });
