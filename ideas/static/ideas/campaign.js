// A new phase gets the ticks that its kind usually has, until somebody ticks something there.
const USUAL = {
  collect: ["ideas", "comments"],
  discuss: ["comments"],
  vote: ["support"],
  review: [],
  result: [],
};
const NAME = /^(phases-\d+-)(kind|allows_(?:ideas|comments|support))$/;
const touched = new Set();

document.addEventListener("change", (event) => {
  const found = NAME.exec(event.target.name || "");
  if (!found) return;
  const [, prefix, field] = found;
  if (field !== "kind") {
    if (event.isTrusted) touched.add(prefix);
    return;
  }
  const stored = document.querySelector(`[name="${prefix}id"]`);
  const usual = USUAL[event.target.value];
  if (!usual || touched.has(prefix) || (stored && stored.value)) return;
  for (const what of ["ideas", "comments", "support"]) {
    const box = document.querySelector(`[name="${prefix}allows_${what}"]`);
    if (box) box.checked = usual.includes(what);
  }
});
