// A photo that was sent, with the parts that the shop saw in it: choosing one
// asks for that part.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { partsAmong } from "../box.js";
import { partName } from "../photopanel.js";

// box marks a part [x, y, width, height] of the photo beside it.
export function box([x, y, width, height], properties = {}) {
  const element = h(properties.type ? "button" : "span", { class: "part-box", ...properties });
  const percent = (value) => `${value * 100}%`;
  Object.assign(element.style, { left: percent(x), top: percent(y), width: percent(width), height: percent(height) });
  return element;
}

// partBoxes lay the photo's parts over it, for the pointer; their names stand below
// the reply for everybody. on has: say(text, more).
export function partBoxes(photo, regions, on) {
  if (!photo.preview) return [];
  return partsOf(photo, regions).map((part) => box(part.region, {
    type: "button", tabindex: "-1", "aria-label": t("chat.part", { name: part.regionName }), title: part.regionName, on: { click: () => on.say("", part) },
  }));
}

// partChips are the names of the photo's parts, to ask for one.
export function partChips(photo, regions, on) {
  return photo ? partsOf(photo, regions).map((part) => ({ text: t("chat.part", { name: part.regionName }), act: () => on.say("", part) })) : [];
}

// partsOf are what is worth choosing, as messages to send.
function partsOf(photo, regions) {
  return partsAmong(regions).map((region, n) => ({ photo, region: region.box, regionName: partName(region, n) }));
}
