// "Link kopieren" and "Drucken": buttons that only make sense with a script show up here.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.querySelector("[data-words]") ?? button;
    try {
      await navigator.clipboard.writeText(new URL(button.dataset.copy || location.pathname, location.href).href);
      words.textContent = button.dataset.done || words.textContent;
    } catch { /* the browser said no; the address line still works */ }
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
