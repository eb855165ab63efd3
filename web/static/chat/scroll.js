// Keeps the newest in sight, unless the reader has gone elsewhere.

const slack = 40; // px from the end that still count as being there

// followEnd scrolls the log on as its content grows, never back. Of a long answer
// it shows the beginning, with the question above it. jump, a button, leads to the end.
export function followEnd(log, content, jump) {
  let following;
  let place = 0; // where the log stood last

  const isAtEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop < slack;

  // look notices where the reader has gone.
  function look() {
    if (Math.abs(log.scrollTop - place) < 2) return;
    place = log.scrollTop;
    follow(isAtEnd());
  }

  function follow(end) {
    following = end;
    if (end) jump.hidden = true;
    // The browser holds the place of a reader; it must not hold ours.
    log.style.overflowAnchor = end ? "none" : "auto";
  }

  function settle() {
    look();
    if (!following) return;
    jump.hidden = true;
    const last = content.lastElementChild;
    if (!last) return;
    const before = last.previousElementSibling;
    const first = before?.dataset.role === "buyer" ? before : last;
    log.scrollTop = Math.max(log.scrollTop, Math.min(log.scrollHeight - log.clientHeight, first.offsetTop - 12));
    place = log.scrollTop;
  }

  follow(true);
  log.addEventListener("scroll", look);
  jump.addEventListener("click", () => {
    follow(true);
    log.scrollTo({ top: log.scrollHeight, behavior: "smooth" });
    log.focus({ preventScroll: true });
  });
  const sizes = new ResizeObserver(settle);
  sizes.observe(content);
  sizes.observe(log);

  return {
    // come brings the end into sight, wherever the reader is.
    come() {
      place = log.scrollTop;
      follow(true);
      settle();
    },
    // news says that something was added.
    news() {
      settle();
      if (!following) jump.hidden = isAtEnd();
    },
  };
}
