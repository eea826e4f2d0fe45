// While somebody types @ in a comment: names of this discussion to choose from, by arrow keys and Enter, or by touch.
// A field of several lines cannot be a combobox in HTML; as a text field it names its list and the chosen option all the same.
for (const box of document.querySelectorAll("[data-names]")) {
  const field = box.querySelector("textarea"), list = box.querySelector("[role=listbox]"), said = box.querySelector("[data-said]");
  // Up to three more words: a name may have spaces.
  const begun = /(?:^|[^\p{L}\p{N}_@./+-])@((?:[\p{L}\p{N}][^\s@]{0,39}(?: [^\s@]{0,39}){0,3})?)$/u;
  let names = [], at = -1, closed = "", timer = 0, waiting = null;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", list.id);
  const typed = () => field.selectionStart === field.selectionEnd
    ? field.value.slice(0, field.selectionStart).match(begun)?.[1] : undefined;
  const tell = (words) => { if (said.textContent !== words) said.textContent = words; };
  const mark = (place) => {
    at = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    clearTimeout(timer);
    waiting?.abort();
    list.hidden = true;
    names = [];
    mark(-1);
    tell("");
  };
  const show = (found) => {
    names = found;
    list.replaceChildren(...found.map((name, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.role = "option";
      option.textContent = name;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(number); });
      return option;
    }));
    list.hidden = !found.length;
    list.style.top = `${field.offsetTop + field.offsetHeight}px`;
    mark(-1);
    tell(found.length > 1 ? box.dataset.many.replace("#", found.length) : found.length ? box.dataset.one : "");
  };
  const take = (number) => {
    const end = field.selectionEnd, start = end - (typed() ?? "").length;
    field.setRangeText(`${names[number]} `, start, end, "end");
    closed = names[number];
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const ask = async (words) => {
    waiting?.abort();
    waiting = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.names}?${new URLSearchParams({ q: words })}`, { signal: waiting.signal });
      const found = answer.ok ? (await answer.json()).names : [];
      if (typed() !== words || document.activeElement !== field) return;
      show(found);
      if (!found.length && words.length > 1 && !words.includes(" ")) tell(box.dataset.none);
    } catch { /* without suggestions one types the name */ }
  };
  field.addEventListener("input", () => {
    const words = typed();
    if (words === undefined) { closed = ""; close(); return; }
    // What was just taken, or sent away by Escape, does not come back with the next letter.
    if (closed && words.startsWith(closed)) return;
    closed = "";
    clearTimeout(timer);
    timer = setTimeout(() => ask(words), 120);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at < 0 ? (step > 0 ? 0 : names.length - 1) : (at + step + names.length) % names.length);
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape") { closed = typed() || "\n"; close(); }
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}

// Words outlive the way to "reply" and "quote" and back, in this window only; what is sent or comes back is not kept twice.
const form = document.querySelector("form[data-keeps]");
if (form) {
  const text = form.elements.text, key = `mw-${form.dataset.keeps}`;
  const store = (action) => { try { return action(sessionStorage); } catch { return null; } };
  let sent = false;
  const kept = store((place) => place.getItem(key));
  if (kept && !text.value) {
    text.value = kept;
    text.dispatchEvent(new Event("input"));
  }
  store((place) => place.removeItem(key));
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pagehide", () => { if (!sent && text.value.trim()) store((place) => place.setItem(key, text.value)); });
  addEventListener("pageshow", (event) => { if (event.persisted) { sent = false; store((place) => place.removeItem(key)); } });
}

// "Quote" takes the words that are marked in the comment, if some are.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-quote]"), words = link && String(getSelection()).trim();
  const place = words && document.getElementById(link.dataset.quote);
  if (place?.contains(getSelection().anchorNode) && place.contains(getSelection().focusNode) && words.length <= 400) {
    const url = new URL(link.href);
    url.searchParams.set("worte", words);
    link.href = url;
  }
});
