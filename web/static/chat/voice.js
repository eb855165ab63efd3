// Speaking instead of typing: a recording that the server writes down, or the
// browser's own recognition where the server cannot.

import { t, locale } from "../i18n.js";
import { transcribe } from "./calls.js";

const longest = 60_000; // ms, as the server takes

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
const records = Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

// The server has no transcription: known from its first answer, for as long as the tab lives.
let serverCannot = false;

// canListen says whether there is any way to speak.
export const canListen = () => (records && !serverCannot) || Boolean(Recognition);

// makeVoice listens once at a time. on has: listening(), thinking(), and of what ends
// it heard(text), trouble(words) and quiet() where there is nothing to tell.
export function makeVoice(on) {
  let running = null; // {finish(), cancel()}

  const failed = (failure) => on.trouble(t(failure.name === "NotAllowedError" ? "chat.voice.denied" : "chat.voice.failed"));

  async function written(sound) {
    const mine = running;
    on.thinking();
    try {
      const { transcript } = await transcribe(sound);
      if (running !== mine) return;
      if (transcript) on.heard(transcript);
      else on.trouble(t("chat.voice.silent"));
    } catch (problem) {
      if (running !== mine) return;
      if (problem.code !== "unavailable") return on.trouble(t(`error.${problem.code}.title`));
      serverCannot = true;
      on.trouble(t(Recognition ? "chat.voice.again" : "chat.voice.none"));
    }
  }

  async function start() {
    try {
      running = records && !serverCannot ? await record(written) : recognize({ heard: on.heard, quiet: on.quiet, failed });
      on.listening();
    } catch (failure) {
      failed(failure);
    }
  }

  return {
    start,
    finish: () => running?.finish(),
    cancel() {
      if (!running) return;
      running.cancel();
      running = null;
      on.quiet();
    },
  };
}

// record takes the microphone, and gives heard what it recorded unless it is canceled.
async function record(heard) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  let wanted = true;
  const clock = setTimeout(() => recorder.stop(), longest);
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.addEventListener("stop", () => {
    clearTimeout(clock);
    for (const track of stream.getTracks()) track.stop();
    if (wanted) heard(new Blob(pieces, { type: recorder.mimeType }));
  });
  recorder.start();
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  return { finish: stop, cancel() { wanted = false; stop(); } };
}

// recognize lets the browser listen.
function recognize(end) {
  const ears = new Recognition();
  ears.lang = locale;
  let text = "";
  let failure = null;
  let wanted = true;
  ears.addEventListener("result", ({ results }) => { text = [...results].map(([best]) => best.transcript).join(" "); });
  ears.addEventListener("error", ({ error }) => { failure = { name: error === "not-allowed" ? "NotAllowedError" : error }; });
  ears.addEventListener("end", () => {
    if (!wanted) return;
    if (text) end.heard(text);
    else if (failure) end.failed(failure);
    else end.quiet();
  });
  ears.start();
  return { finish: () => ears.stop(), cancel() { wanted = false; ears.abort(); } };
}
