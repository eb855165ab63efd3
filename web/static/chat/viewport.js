// The keyboard of a phone: where the browser lays it over the page instead of
// making the page smaller, the panel is fitted into what is left to see.

export function fitKeyboard(panel) {
  const seen = globalThis.visualViewport;
  if (!seen) return;
  const fit = () => {
    const covered = panel.matches(":modal") && seen.scale === 1 && innerHeight - seen.height > 80;
    panel.style.height = covered ? `${seen.height}px` : "";
    panel.style.top = covered ? `${seen.offsetTop}px` : "";
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  panel.addEventListener("close", fit);
}
