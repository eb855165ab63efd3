// The chat's menu: a new conversation, or none at all.

// makeMenu wires the button and its menu. on has: restart(), forget().
export function makeMenu(button, menu, on) {
  const part = (name) => menu.querySelector(`[data-part=${name}]`);

  function show(open) {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    confirm(false);
  }

  // confirm asks before anything is deleted.
  function confirm(asked) {
    part("choices").hidden = asked;
    part("sure").hidden = !asked;
  }

  const choose = (act) => () => {
    show(false);
    act();
  };

  button.addEventListener("click", () => {
    show(menu.hidden);
    if (!menu.hidden) part("new").focus();
  });
  part("new").addEventListener("click", choose(on.restart));
  part("delete").addEventListener("click", () => {
    confirm(true);
    part("no").focus();
  });
  part("yes").addEventListener("click", choose(on.forget));
  part("no").addEventListener("click", () => {
    confirm(false);
    part("delete").focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.hidden && !menu.contains(target) && !button.contains(target)) show(false);
  });

  return {
    // close closes it and says whether it was open.
    close() {
      if (menu.hidden) return false;
      show(false);
      button.focus();
      return true;
    },
  };
}
