// A box [x, y, width, height] holds fractions of the upright photo. It never
// leaves the photo and never gets smaller than its least side.

const least = 0.1;

export const whole = Object.freeze([0, 0, 1, 1]);

export const middle = Object.freeze([0.2, 0.2, 0.6, 0.6]);

export function isWhole(box) {
  return !box || (box[0] <= 0.005 && box[1] <= 0.005 && box[2] >= 0.99 && box[3] >= 0.99);
}

// A part that is less sure than this is more often wrong than a help.
const leastScore = 0.4;

// partsAmong are those of a photo's regions that are worth choosing.
export function partsAmong(regions) {
  return (regions ?? []).filter(({ box, score }) => !isWhole(box) && score >= leastScore);
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// move shifts the box as far as the photo allows.
export function move([x, y, w, h], dx, dy) {
  return [clamp(x + dx, 0, 1 - w), clamp(y + dy, 0, 1 - h), w, h];
}

// resize drags the named corner ("nw", "ne", "sw", "se"); the opposite one stays.
export function resize([x, y, w, h], corner, dx, dy) {
  let [left, top, right, bottom] = [x, y, x + w, y + h];
  if (corner.includes("w")) left = clamp(left + dx, 0, right - least);
  else right = clamp(right + dx, left + least, 1);
  if (corner.includes("n")) top = clamp(top + dy, 0, bottom - least);
  else bottom = clamp(bottom + dy, top + least, 1);
  return [left, top, right - left, bottom - top];
}

// between spans two points, wherever the second lies from the first.
export function between(from, to) {
  const [x1, x2] = [from[0], to[0]].map((value) => clamp(value, 0, 1)).sort((a, b) => a - b);
  const [y1, y2] = [from[1], to[1]].map((value) => clamp(value, 0, 1)).sort((a, b) => a - b);
  const w = Math.max(x2 - x1, least);
  const h = Math.max(y2 - y1, least);
  return [Math.min(x1, 1 - w), Math.min(y1, 1 - h), w, h];
}

// round keeps four decimals: a tenth of a pixel of the largest photo, and an
// address or cache key that repeats.
export function round(box) {
  return box.map((value) => Math.round(value * 1e4) / 1e4);
}
