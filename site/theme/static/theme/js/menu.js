// Folding boxes of the header close with Escape, a click elsewhere or when the focus leaves them.
const boxes = document.querySelectorAll("[data-menu], .mw-switch");
for (const box of boxes) {
  const close = (back) => {
    if (!box.open) return;
    box.open = false;
    if (back) box.querySelector("summary").focus();
  };
  box.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
  box.addEventListener("focusout", (event) => event.relatedTarget && !box.contains(event.relatedTarget) && close(false));
  document.addEventListener("click", (event) => !box.contains(event.target) && close(false));
}
