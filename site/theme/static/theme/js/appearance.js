// Light, dark or as the device says; kept on this device only.
const root = document.documentElement;
const place = document.querySelector("[data-theme-switch]");
const show = () => {
  for (const button of place.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.kernTheme ?? "")));
};
const choose = (wanted) => {
  if (wanted) root.dataset.kernTheme = wanted;
  else delete root.dataset.kernTheme;
  try {
    if (wanted) localStorage.setItem("mw-theme", wanted);
    else localStorage.removeItem("mw-theme");
  } catch { /* storage may be switched off; the choice then lasts for this page */ }
  show();
};
if (place) {
  place.hidden = false;
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (button) choose(button.dataset.themeChoice);
  });
  show();
}
