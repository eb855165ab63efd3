// The panel with the buyer's photo: its frame, its regions as dots, its colours.

import { h, icon } from "./dom.js";
import { t, date, nameOf } from "./i18n.js";
import { partsAmong } from "./box.js";
import { makeCrop } from "./crop.js";

// makePhotoPanel fills the panel element. on has: region(box|null), color(name), remove().
export function makePhotoPanel(panel, on) {
  let shown = null; // id of the photo on display
  let crop = null;
  let swatches = [];

  function show(photo, query) {
    panel.hidden = !photo;
    if (!photo) {
      shown = null;
      panel.replaceChildren();
      return;
    }
    if (photo.id !== shown) {
      shown = photo.id;
      build(photo);
    }
    crop?.show(query.region);
    for (const swatch of swatches) {
      swatch.setAttribute("aria-pressed", query.filters.colors.includes(swatch.dataset.color));
    }
    panel.querySelector(".photo-whole").hidden = !query.region;
  }

  function build(photo) {
    const stage = h("div", { class: "photo-stage" },
      photo.preview ? h("img", { src: photo.preview, alt: t("photo.alt"), draggable: "false" }) : h("div", { class: "photo-blank" }, icon("photo")));
    crop = photo.preview ? makeCrop(stage, on.region) : null;
    stage.append(...regionDots(photo, (box) => crop?.choose(box)));
    swatches = (photo.palette ?? []).map((color) => swatchButton(color, on.color));
    panel.replaceChildren(
      h("div", { class: "photo-head" },
        h("h2", {}, t("photo.title")),
        h("button", { type: "button", class: "quiet", on: { click: on.remove } }, icon("close"), t("photo.remove"))),
      h("div", { class: "photo-body" }, stage,
        h("div", { class: "photo-side" },
          photo.preview && h("p", { class: "photo-hint" }, t(partsOf(photo).length ? "photo.hint.regions" : "photo.hint")),
          h("button", { type: "button", class: "quiet photo-whole", hidden: true, on: { click: () => crop.choose(null) } }, icon("whole"), t("photo.whole")),
          swatches.length > 0 && h("div", { class: "palette", role: "group", "aria-label": t("photo.palette") },
            h("p", { class: "palette-title", "aria-hidden": "true" }, t("photo.palette")), ...swatches)),
        photo.expires_at && h("p", { class: "photo-kept" }, t("photo.kept", { date: date(photo.expires_at) }))));
  }

  // showUpload shows the photo while the server looks at it.
  function showUpload(preview) {
    shown = null;
    panel.hidden = false;
    panel.replaceChildren(
      h("div", { class: "photo-head" }, h("h2", {}, t("photo.title"))),
      h("div", { class: "photo-body" },
        h("div", { class: "photo-stage busy" }, preview ? h("img", { src: preview, alt: t("photo.alt") }) : h("div", { class: "photo-blank" }, icon("photo"))),
        h("div", { class: "photo-side" }, h("p", { class: "photo-hint" }, t("photo.uploading")))));
  }

  return { show, showUpload, focusFrame: () => crop?.focus() };
}

// partsOf are the regions worth choosing: not the whole photo, and only where it can be seen.
export function partsOf({ preview, regions }) {
  return preview ? partsAmong(regions) : [];
}

// partName is what the nth of a photo's regions is called.
export function partName({ category, label }, n) {
  return category ? nameOf("category", category) : label || t("photo.region.part", { n: n + 1 });
}

function regionDots(photo, choose) {
  return partsOf(photo).map((region, n) => {
    const [x, y, w, height] = region.box;
    const name = partName(region, n);
    const dot = h("button", {
      type: "button", class: "region", title: name, "aria-label": t("photo.region", { name }),
      on: { click: () => choose(region.box) },
    });
    Object.assign(dot.style, { left: `${(x + w / 2) * 100}%`, top: `${(y + height / 2) * 100}%` });
    return dot;
  });
}

function swatchButton({ name, hex }, onColor) {
  const dot = h("span", { class: "dot" });
  dot.style.backgroundColor = hex;
  return h("button", {
    type: "button", class: "swatch", title: nameOf("color", name), "aria-pressed": "false", dataset: { color: name }, on: { click: () => onColor(name) },
  }, dot, h("span", { class: "swatch-name" }, nameOf("color", name)));
}
