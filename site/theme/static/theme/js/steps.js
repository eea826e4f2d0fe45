// The form of an idea in short steps. Without this script, and when something is to be mended, all fields stand on one page.
const form = document.querySelector("form[data-steps]");
const parts = form ? [...form.querySelectorAll("[data-step]")] : [];
if (parts.length > 1 && !document.getElementById("fehler")) {
  const line = document.querySelectorAll("[data-steps-line] li");
  const [back, next, last] = ["back", "next", "last"].map((name) => form.querySelector(`[data-step-${name}]`));
  let now = 0;
  const show = (place, move) => {
    now = place;
    parts.forEach((part, index) => { part.hidden = index !== now; });
    line.forEach((item, index) => {
      item.classList.toggle("mw-steps__done", index < now);
      if (index === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    back.hidden = now === 0;
    next.hidden = now === parts.length - 1;
    last.hidden = !next.hidden;
    if (!move) return;
    parts[now].tabIndex = -1;
    parts[now].focus({ preventScroll: true });
    form.scrollIntoView();
  };
  next.addEventListener("click", () => show(now + 1, true));
  back.addEventListener("click", () => show(now - 1, true));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=file])") || next.hidden) return;
    event.preventDefault();
    show(now + 1, true);
  });
  show(0, false);
}
