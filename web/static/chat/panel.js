// The chat as the page shows it: a panel beside the results where there is room,
// else over the page, and the button that opens it.

import { t, counted } from "../i18n.js";
import { Problem } from "../api.js";
import { makeBanner } from "./banner.js";
import { makeComposer } from "./composer.js";
import { makeMenu } from "./menu.js";
import { makeMessage } from "./message.js";
import { followEnd } from "./scroll.js";
import { makeThread } from "./thread.js";
import { fitKeyboard } from "./viewport.js";

const roomy = matchMedia("(min-width: 1100px)");
const touch = matchMedia("(pointer: coarse)");
const byId = (id) => document.getElementById(id);

// makeChat wires the panel. on has: open(product), opened() and closed(), which may
// follow the buyer's doing or the page's.
export function makeChat(on) {
  const panel = byId("chat");
  const opener = byId("open-chat");
  const list = byId("chat-list");
  const shown = new Map(); // messages by the key of their entry
  const scroll = followEnd(byId("chat-log"), list, byId("chat-jump"));
  let unread = 0;
  let begun = false;

  const thread = makeThread({ entry: showEntry, gone, state: showState, cleared, trouble });
  const banner = makeBanner(byId("chat-banner"), { rate: thread.rate });
  const menu = makeMenu(byId("chat-more"), byId("chat-menu"), { restart: thread.restart, forget: thread.forget });
  const composer = makeComposer(byId("chat-form"), { send, trouble: tell });
  const saying = {
    open: on.open,
    say: (text, more = {}) => send({ text, ...more }),
    fill: composer.write,
    thumb: thread.thumb,
    retry: thread.retry,
    edit(entry) {
      thread.takeBack(entry);
      composer.restore(entry);
    },
  };

  function send(draft) {
    tell("");
    thread.send(draft);
    scroll.come();
  }

  function showEntry(entry) {
    const known = shown.get(entry.key);
    if (known) known.update();
    else {
      const message = makeMessage(entry, saying);
      shown.set(entry.key, message);
      list.append(message.element);
    }
    speak(entry);
    if (!panel.open && entry.role === "agent" && !known) countUnread(unread + 1);
    scroll.news();
  }

  function gone(entry) {
    shown.get(entry.key)?.element.remove();
    shown.delete(entry.key);
  }

  // speak tells a screen reader of a message once it is whole.
  function speak(entry) {
    if (entry.role === "buyer" || entry.working || entry.spoken || !begun) return;
    entry.spoken = true;
    const found = entry.reply?.products?.length ?? 0;
    byId("chat-live").textContent = [entry.text, found > 0 && counted("results.shown", found)].filter(Boolean).join(" ");
  }

  function showState(state) {
    banner.show(state);
    byId("chat-person").hidden = state.state === "waiting" || state.state === "human";
  }

  function cleared() {
    shown.clear();
    list.replaceChildren();
    composer.focus();
  }

  function trouble(problem) {
    const known = problem instanceof Problem;
    tell(t(`error.${known ? problem.code : "internal"}.title`));
    if (!known) throw problem;
  }

  // tell says what went wrong above the composer; "" takes it back.
  function tell(words) {
    byId("chat-trouble").textContent = words;
  }

  function countUnread(n) {
    unread = n;
    byId("chat-unread").hidden = n === 0;
    byId("chat-unread").textContent = n > 0 ? counted("chat.unread", n) : "";
  }

  const watch = () => thread.watch(panel.open && !document.hidden);

  async function open({ focus = true } = {}) {
    if (panel.open) return;
    if (roomy.matches) panel.show();
    else panel.showModal();
    document.body.dataset.chat = roomy.matches ? "docked" : "over";
    opener.setAttribute("aria-expanded", "true");
    countUnread(0);
    if (focus && !touch.matches) composer.focus(); // a keyboard would hide the greeting
    if (!focus && roomy.matches) document.activeElement.blur(); // the page goes first
    watch();
    scroll.come();
    try {
      await thread.open();
    } catch (problem) {
      trouble(problem);
    }
    begun = true;
    scroll.come();
  }

  function close() {
    if (panel.open) panel.close();
  }

  panel.addEventListener("close", () => {
    if (panel.open) return; // it only moved from over the page to beside it, or back
    delete document.body.dataset.chat;
    opener.setAttribute("aria-expanded", "false");
    composer.stop();
    menu.close();
    watch();
    on.closed();
    const { activeElement } = document;
    if (activeElement === document.body || panel.contains(activeElement)) opener.focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // the browser would close a panel over the page, menu or not
    if (!menu.close()) close();
  });
  panel.addEventListener("dragover", (event) => event.preventDefault());
  panel.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer.files;
    event.preventDefault();
    if (file) composer.takePhoto(file);
  });
  opener.addEventListener("click", () => {
    open();
    on.opened();
  });
  byId("chat-close").addEventListener("click", close);
  byId("chat-person").addEventListener("click", () => {
    thread.askForPerson();
    scroll.come();
    if (!touch.matches) composer.focus(); // the button goes away
  });
  document.addEventListener("visibilitychange", watch);
  roomy.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close();
    open({ focus: false });
  });
  fitKeyboard(panel);

  return {
    open, close,
    // ask opens the chat with a product to ask about.
    ask(product) {
      open();
      composer.ask(product);
    },
    isOpen: () => panel.open,
    isDocked: () => roomy.matches,
  };
}
