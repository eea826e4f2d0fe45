// Who switches to other words of a page stays where they were, with the switch under the finger; the address works alone too.
const KEY = "mw-fassung";
const bar = document.querySelector("[data-levels]");
if (bar) {
  const recall = () => {
    try {
      const kept = sessionStorage.getItem(KEY);
      sessionStorage.removeItem(KEY);
      return kept === null ? NaN : Number(kept);
    } catch { return NaN; }
  };
  const top = recall();
  if (!Number.isNaN(top)) {
    window.scrollBy({ top: bar.getBoundingClientRect().top - top, behavior: "instant" });
    bar.querySelector("[data-level][aria-current]")?.focus({ preventScroll: true });
  }
  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-level]")) return;
    try { sessionStorage.setItem(KEY, String(bar.getBoundingClientRect().top)); } catch { /* then the page begins at its top */ }
  });
}
