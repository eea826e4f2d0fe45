// Filters stand open where there is room beside the list, and are folded above it on a phone.
const wide = matchMedia("(min-width: 62rem)");
for (const box of document.querySelectorAll("details[data-fold]")) {
  box.open = wide.matches;
  wide.addEventListener("change", () => { box.open = wide.matches; });
}
