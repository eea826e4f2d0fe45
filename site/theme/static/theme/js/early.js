// Runs before the first paint so that a chosen appearance never flashes.
try {
  const chosen = localStorage.getItem("mw-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.kernTheme = chosen;
} catch { /* storage may be switched off */ }
document.documentElement.classList.add("has-js");
