/* The intake desk: print the receipt, send with Ctrl+Enter, begin with the title when a pile goes on. Without it everything works by buttons. */
for (const button of document.querySelectorAll("[data-desk-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const form = document.querySelector("[data-desk-form]");
if (form) {
  for (const keys of form.querySelectorAll("[data-desk-keys]")) keys.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  const errors = document.querySelector("#fehler");
  if (errors) errors.focus();
  else form.querySelector("[name=title]")?.focus({ preventScroll: Boolean(document.querySelector("[data-desk-slip]")) });
}
