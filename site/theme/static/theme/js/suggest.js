// While somebody types into the search: titles, topics, places and tags to choose from (ARIA 1.2 combobox with a list).
// Without this, or when something goes wrong, the form is an ordinary form.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const field = form.querySelector("input[name=q]"), list = document.createElement("ul"), said = document.createElement("div");
  const kept = new Map();
  let found = [], at = -1, timer = 0, waiting = null, asked = "";
  list.id = `${field.id}-liste`;
  list.role = "listbox";
  list.className = "mw-suggest";
  list.hidden = true;
  list.setAttribute("aria-label", form.dataset.listLabel);
  said.className = "kern-sr-only";
  said.setAttribute("role", "status");
  form.append(list, said);
  // A search field may not be a combobox, a text field may; the keyboard of a phone still says "search".
  field.type = "text";
  field.role = "combobox";
  field.enterKeyHint = "search";
  field.autocomplete = "off";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  const mark = (place) => {
    at = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const open = (is) => {
    list.hidden = !is;
    field.setAttribute("aria-expanded", String(is));
    if (!is) mark(-1);
  };
  const close = () => {
    clearTimeout(timer);
    waiting?.abort();
    open(false);
    said.textContent = "";
  };
  const go = (number) => location.assign(found[number].url);
  const word = (css, text) => {
    const part = document.createElement("span");
    part.className = css;
    part.textContent = text;
    return part;
  };
  const show = (suggestions) => {
    found = suggestions;
    list.replaceChildren(...found.map((one, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.role = "option";
      option.append(word("mw-suggest__text", one.text), " ", word("mw-suggest__kind", one.kind));
      option.addEventListener("click", () => go(number));
      return option;
    }));
    open(found.length > 0);
    mark(-1);
    said.textContent = found.length > 1 ? form.dataset.many.replace("#", found.length) : found.length ? form.dataset.one : "";
  };
  const ask = async (words) => {
    waiting?.abort();
    waiting = new AbortController();
    try {
      if (!kept.has(words)) {
        const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal: waiting.signal });
        if (!answer.ok) return;
        kept.set(words, (await answer.json()).suggestions);
        setTimeout(() => kept.delete(words), 20_000);
      }
      if (asked === words && document.activeElement === field) show(kept.get(words));
    } catch { /* one types on and sends the form */ }
  };
  const typed = () => field.value.trim().slice(0, 200);
  field.addEventListener("input", () => {
    asked = typed();
    if (asked.length < 2) { close(); return; }
    clearTimeout(timer);
    timer = setTimeout(() => ask(asked), 150);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) { asked = typed(); if (asked.length > 1) ask(asked); else return; }
    // One step past the last suggestion lies the field itself, as typed.
    else if (step) mark(at + step < -1 ? found.length - 1 : at + step >= found.length ? -1 : at + step);
    else if (event.key === "Enter" && at >= 0 && !list.hidden) go(at);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  // A press on a suggestion, or on the bar beside them, does not take the focus out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("blur", close);
}
