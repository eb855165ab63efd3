// The microphone's button, and the strip that stands in the field's place while
// the buyer speaks.

import { t } from "../i18n.js";
import { canListen, makeVoice } from "./voice.js";

// makeSpeaking wires the parts voice, listening, heard, finish and cancel of the
// composer. on has: begun(), heard(text), trouble(words).
export function makeSpeaking(part, on) {
  const button = part("voice");
  const strip = part("listening");
  let clock = 0;

  function end() {
    clearInterval(clock);
    strip.hidden = true;
    part("line").hidden = false;
    button.disabled = false;
    button.hidden = !canListen();
  }

  const voice = makeVoice({
    listening() {
      const begun = Date.now();
      const show = () => {
        const seconds = Math.round((Date.now() - begun) / 1000);
        part("heard").textContent = t("chat.voice.listening", { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` });
      };
      show();
      clock = setInterval(show, 1000);
      strip.hidden = false;
      part("line").hidden = true;
      part("finish").hidden = false;
      part("finish").focus();
    },
    thinking() {
      clearInterval(clock);
      part("finish").hidden = true;
      part("heard").textContent = t("chat.voice.thinking");
    },
    heard(text) {
      end();
      on.heard(text);
    },
    trouble(words) {
      end();
      on.trouble(words);
    },
    quiet() {
      end();
      button.focus();
    },
  });

  button.hidden = !canListen();
  button.addEventListener("click", () => {
    button.disabled = true;
    on.begun();
    voice.start();
  });
  part("finish").addEventListener("click", voice.finish);
  part("cancel").addEventListener("click", voice.cancel);
  return { cancel: voice.cancel };
}
