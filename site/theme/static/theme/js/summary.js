// The summary of what to mend takes the focus; its links lead into the fields.
document.querySelector("[data-focus]")?.focus();
for (const link of document.querySelectorAll("#fehler a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const target = field.matches("input, select, textarea") ? field : field.querySelector("input") ?? field;
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
}
