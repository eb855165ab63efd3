// Where the buyer writes: the field, a photo, a product to ask about, the voice.

import { h, icon, picture } from "../dom.js";
import { t } from "../i18n.js";
import { uploadPhoto, Problem } from "../api.js";
import { titleOf } from "../card.js";
import { keep, listenForFiles, pastedPhoto, prepare } from "../photo.js";
import { makeSpeaking } from "./speaking.js";

const tallest = 140; // px of the field before it scrolls

// makeComposer wires the form. on has: send(draft) with {text, photo, about}, and
// trouble(words), where "" takes the words back.
export function makeComposer(form, on) {
  const part = (name) => form.querySelector(`[data-part=${name}]`);
  const field = part("field");
  const send = part("send");
  let photo = null; // {id, preview, …}; without an id while it is on its way
  let about = null; // a product

  function show() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, tallest)}px`;
    send.disabled = Boolean(photo && !photo.id) || !(field.value.trim() || photo);
  }

  function showAttached() {
    const all = [
      photo && attached(photo.preview ? h("img", { src: photo.preview, alt: "" }) : icon("photo"), t(photo.id ? "chat.photo.ready" : "photo.uploading"), !photo.id, () => { photo = null; }),
      about && attached(picture(about.image_link, ""), t("chat.about", { title: titleOf(about) }), false, () => { about = null; }),
    ].filter(Boolean);
    part("attached").hidden = all.length === 0;
    part("attached").replaceChildren(...all);
    show();
  }

  function attached(image, words, busy, remove) {
    return h("li", { class: busy ? "attached busy" : "attached" }, image, h("span", {}, words),
      h("button", {
        type: "button", class: "icon-button", "aria-label": t("chat.detach"),
        on: { click: () => { remove(); showAttached(); field.focus(); } },
      }, icon("close")));
  }

  async function takePhoto(file) {
    const mine = { preview: "" };
    try {
      const { file: sent, preview } = await prepare(file);
      photo = Object.assign(mine, { preview });
      showAttached();
      const { id, regions, palette, expires_at } = await uploadPhoto(sent);
      Object.assign(mine, { id, regions, palette, expires_at });
      keep({ ...mine });
    } catch (problem) {
      if (photo === mine) photo = null;
      on.trouble(problem.words ?? t(`error.${problem instanceof Problem ? problem.code : "internal"}.title`));
    }
    showAttached();
    field.focus();
  }

  function submit() {
    if (send.disabled) return;
    on.send({ text: field.value.trim(), photo, about });
    [photo, about, field.value] = [null, null, ""];
    showAttached();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  field.addEventListener("input", () => {
    on.trouble("");
    show();
  });
  // Enter sends, with Shift it breaks the line. Keyboards of phones tell of the line
  // break but not always of the key; one that ends the writing of a Chinese word
  // breaks no line, so it sends nothing.
  let shift = false;
  field.addEventListener("keydown", (event) => { shift = event.shiftKey; });
  field.addEventListener("beforeinput", (event) => {
    if (!["insertLineBreak", "insertParagraph"].includes(event.inputType) || shift || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("paste", (event) => {
    const file = pastedPhoto(event);
    if (!file) return;
    event.preventDefault();
    takePhoto(file);
  });
  listenForFiles(part("file"), takePhoto);
  part("photo").addEventListener("click", () => part("file").click());
  const speaking = makeSpeaking(part, {
    begun: () => on.trouble(""),
    heard: (text) => write([field.value.trim(), text].filter(Boolean).join(" ")),
    trouble: on.trouble,
  });

  // write puts words into the field, to be finished by the buyer.
  function write(text) {
    field.value = text;
    show();
    field.focus();
    field.setSelectionRange(text.length, text.length);
  }

  return {
    write, takePhoto,
    focus: () => field.focus(),
    ask(product) {
      about = product;
      showAttached();
      field.focus();
    },
    // restore puts a message back that was not sent.
    restore(draft) {
      [photo, about] = [draft.photo?.id ? draft.photo : photo, draft.about ?? about];
      write(draft.text);
      showAttached();
    },
    stop: speaking.cancel,
  };
}
