// Explained words: the browser itself opens them by tap, click and key and closes them by Escape; here pointing and focus are added.
for (const term of document.querySelectorAll(".mw-term")) {
  const word = term.querySelector(".mw-term__word"), box = term.querySelector("[popover]");
  if (!word || !box?.showPopover) continue;
  let timer = 0, pinned = false;
  const isOpen = () => box.matches(":popover-open");
  const open = () => { clearTimeout(timer); if (!isOpen()) box.showPopover({ source: word }); };
  const close = () => { clearTimeout(timer); if (isOpen()) box.hidePopover(); };
  const later = (what, rest) => { clearTimeout(timer); timer = setTimeout(what, rest); };
  for (const part of [word, box]) {
    part.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") later(open, 150); });
    part.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !pinned) later(close, 300); });
  }
  word.addEventListener("focus", () => { if (word.matches(":focus-visible")) open(); });
  word.addEventListener("blur", close);
  word.addEventListener("click", (event) => {
    event.preventDefault();
    if (isOpen() && pinned) close(); else { open(); pinned = true; }
  });
  box.addEventListener("toggle", (event) => { if (event.newState === "closed") pinned = false; });
}
