// The frame over the photo: drag it, drag its corners, draw a new one, or use the keys.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { whole, middle, isWhole, move, resize, between, round } from "./box.js";

const keyStep = 0.02;
const settleAfterKeys = 500; // ms without a key before the search follows

// makeCrop puts a frame on stage, which holds the photo and nothing else that
// takes space. onChange gets the box once a drag or a run of keys has ended,
// null for the whole photo.
export function makeCrop(stage, onChange) {
  let box = [...whole];
  let asked = String(whole); // the box that is searched; the frame may be ahead of it
  const corners = ["nw", "ne", "sw", "se"].map((corner) => h("span", { class: `crop-corner ${corner}`, dataset: { corner } }));
  const frame = h("div", {
    class: "crop", tabindex: "0", role: "application",
    "aria-label": t("photo.frame"), "aria-roledescription": t("photo.frame.role"), "aria-describedby": "crop-keys crop-at",
  }, ...corners);
  const position = h("p", { id: "crop-at", class: "visually-hidden", "aria-live": "polite" });
  stage.append(frame, h("p", { id: "crop-keys", class: "visually-hidden" }, t("photo.frame.keys")), position);

  function draw(next) {
    box = next;
    const [x, y, w, height] = box;
    Object.assign(frame.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${height * 100}%` });
    stage.classList.toggle("cropped", !isWhole(box));
  }

  function finish() {
    const percent = (value) => Math.round(value * 100);
    position.textContent = t("photo.frame.at", {
      left: percent(box[0]), right: percent(box[0] + box[2]), top: percent(box[1]), bottom: percent(box[1] + box[3]),
    });
    asked = String(round(box));
    onChange(isWhole(box) ? null : round(box));
  }

  // show follows a query made elsewhere, such as by going back. It leaves a
  // frame alone that is being moved while its last search comes in.
  function show(region) {
    const next = round(region ?? whole);
    if (String(next) === asked) return;
    asked = String(next);
    draw(next);
  }

  followPointer(stage, frame, () => box, draw, finish);
  followKeys(frame, () => box, draw, finish);
  draw(box);
  return {
    show,
    choose: (region) => { draw(round(region ?? whole)); finish(); },
    focus: () => frame.focus(),
  };
}

function followPointer(stage, frame, current, draw, finish) {
  stage.addEventListener("pointerdown", (down) => {
    if (down.button !== 0 || down.target.closest("button")) return;
    const corner = down.target.dataset.corner;
    const inside = frame.contains(down.target) && !isWhole(current());
    // A finger on the photo itself scrolls the page; only a mouse or pen draws there.
    if (!corner && !inside && down.pointerType === "touch") return;
    const start = current();
    const { left, top, width, height } = stage.getBoundingClientRect();
    const at = (event) => [(event.clientX - left) / width, (event.clientY - top) / height];
    const from = at(down);
    let dragged = false;
    stage.setPointerCapture(down.pointerId);
    const drag = (event) => {
      const [dx, dy] = at(event).map((value, axis) => value - from[axis]);
      if (!dragged && Math.hypot(dx * width, dy * height) < 4) return;
      dragged = true;
      if (corner) draw(resize(start, corner, dx, dy));
      else draw(inside ? move(start, dx, dy) : between(from, at(event)));
    };
    const end = () => {
      stage.removeEventListener("pointermove", drag);
      for (const name of ["pointerup", "pointercancel"]) stage.removeEventListener(name, end);
      if (dragged) finish();
    };
    stage.addEventListener("pointermove", drag);
    for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, end);
    down.preventDefault();
    frame.focus({ preventScroll: true });
  });
}

function followKeys(frame, current, draw, finish) {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let settling = 0;
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isWhole(current())) draw([...whole]);
    else if (arrows[event.key]) {
      const [dx, dy] = arrows[event.key].map((value) => value * keyStep);
      // The whole photo has nowhere to move to, so the first key makes a frame in its middle.
      if (isWhole(current())) draw([...middle]);
      else draw(event.shiftKey ? resize(current(), "se", dx, dy) : move(current(), dx, dy));
    } else return;
    event.preventDefault();
    clearTimeout(settling);
    settling = setTimeout(finish, settleAfterKeys);
  });
}
