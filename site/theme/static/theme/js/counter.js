// "30 von 90 Zeichen" follows the typing; screen readers hear it only near the end.
const digits = new Intl.NumberFormat(document.documentElement.lang || "de");
for (const counter of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(counter.dataset.counter);
  const limit = Number(counter.dataset.limit);
  if (!field) continue;
  const update = () => {
    const used = [...field.value.normalize("NFC")].length;
    counter.querySelector("[data-count]").textContent = digits.format(used);
    counter.classList.toggle("mw-counter--over", used > limit);
    if (used > limit * 0.9) counter.setAttribute("aria-live", "polite");
    else counter.removeAttribute("aria-live");
  };
  field.addEventListener("input", update);
  update();
}
