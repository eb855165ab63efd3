// How a photo comes in: by button, camera, drop or paste; and what is done to it
// before it is sent.

import { t } from "./i18n.js";
import { Problem } from "./api.js";

const longestSide = 1600; // px; more does not find better and takes a phone long to send
const largestFile = 10 * 1024 * 1024; // what the server accepts
const readable = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);

// listenForPhotos calls take(file) for every photo the buyer gives.
export function listenForPhotos(take) {
  for (const input of document.querySelectorAll("main input[type=file]")) listenForFiles(input, take);
  for (const button of document.querySelectorAll("[data-picks]")) {
    button.addEventListener("click", () => document.getElementById(button.dataset.picks).click());
  }
  document.addEventListener("paste", (event) => {
    const file = pastedPhoto(event);
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    take(file);
  });
  listenForDrops(take);
}

// pastedPhoto is the picture that a paste brings, if it brings one.
export function pastedPhoto(event) {
  return [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
}

// listenForFiles calls take(file) for what is chosen in the input.
export function listenForFiles(input, take) {
  input.addEventListener("change", () => {
    if (input.files[0]) take(input.files[0]);
    input.value = ""; // so that the same photo can be chosen again
  });
}

function listenForDrops(take) {
  const veil = document.getElementById("drop");
  let depth = 0; // enter and leave come for every element passed over
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
  const show = (change) => {
    depth = Math.max(0, depth + change);
    veil.hidden = depth === 0;
  };
  document.addEventListener("dragenter", (event) => carriesFile(event) && show(1));
  document.addEventListener("dragleave", (event) => carriesFile(event) && show(-1));
  document.addEventListener("dragover", (event) => carriesFile(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    show(-depth);
    if (event.defaultPrevented) return; // a part of the page has taken it
    event.preventDefault();
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });
}

// prepare makes a photo ready to send: {file, preview}, where preview is a small
// data: address that outlives the page's reload. A photo the browser cannot open
// but the server might know by name, such as HEIC, is sent as it is, with no preview.
export async function prepare(file) {
  const heic = /\.(heic|heif)$/i.test(file.name) || /hei[cf]/.test(file.type);
  if (!file.type.startsWith("image/") && !heic) throw refused("unsupported_media", t("photo.error.type"));
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) {
    if (file.size > largestFile) throw tooLarge();
    if (heic || !readable.has(file.type)) return { file, preview: "" };
    throw refused("unsupported_media", t("photo.error.read"));
  }
  try {
    const small = Math.max(bitmap.width, bitmap.height) <= longestSide && readable.has(file.type) && file.size <= largestFile;
    const sent = small ? file : await scaled(bitmap, longestSide, 0.9);
    if (sent.size > largestFile) throw tooLarge();
    return { file: sent, preview: canvasOf(bitmap, 900).toDataURL("image/jpeg", 0.8) };
  } finally {
    bitmap.close();
  }
}

function canvasOf(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function scaled(bitmap, longest, quality) {
  const canvas = canvasOf(bitmap, longest);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw refused("unsupported_media", t("photo.error.read"));
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}

const refused = (code, words) => Object.assign(new Problem(code), { words });
const tooLarge = () => refused("too_large", t("photo.error.size", { size: largestFile / 1024 / 1024 }));

// The photos of this tab, so that reload and back show them again.
const shelf = "honeyguide.photos";

// keep remembers a photo {id, preview, regions, palette, expires_at}; the last three stay.
export function keep(photo) {
  const photos = [photo, ...kept().filter((one) => one.id !== photo.id)].slice(0, 3);
  try {
    sessionStorage.setItem(shelf, JSON.stringify(photos));
  } catch {
    // Storage is full or forbidden: the photo then ends with the page.
  }
}

// recall is the photo with that id, or undefined.
export function recall(id) {
  return kept().find((photo) => photo.id === id);
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(shelf)) ?? [];
  } catch {
    return [];
  }
}
