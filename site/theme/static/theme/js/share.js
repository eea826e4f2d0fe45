// "Teilen …" opens the device's own choice; "Zeilen kopieren" takes what stands in a field.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.share, title: button.dataset.title }).catch(() => { /* closed without sharing */ });
  });
}
for (const button of document.querySelectorAll("[data-copy-from]")) {
  if (!navigator.clipboard) continue;
  const field = document.getElementById(button.dataset.copyFrom);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      (button.querySelector("[data-words]") ?? button).textContent = button.dataset.done;
    } catch { /* it is selected, so it can be copied by hand */ }
  });
}
