// While a title is typed: ideas of the same campaign that are much alike, after a short rest, told politely and only once.
const box = document.querySelector("[data-hints]");
const form = box?.closest("form");
const title = form?.elements.title;
if (box && title) {
  const said = form.querySelector("[data-hints-said]");
  const text = form.elements.text;
  const rest = 300;
  let timer = 0, asked = "", shown = "", waiting = null;
  const clear = () => {
    box.hidden = true;
    box.replaceChildren();
    shown = "";
  };
  const ask = async () => {
    const words = { campaign: box.dataset.campaign, title: title.value.trim(), text: text?.value.trim().slice(0, 1500) ?? "" };
    const key = JSON.stringify(words);
    if (key === asked) return;
    asked = key;
    waiting?.abort();
    if (words.title.length < 8) { clear(); return; }
    waiting = new AbortController();
    const first = form.elements.hints?.value ? "0" : "1";
    try {
      const answer = await fetch(`${box.dataset.url}?${new URLSearchParams({ ...words, erste: first })}`, {
        signal: waiting.signal, headers: { "X-Requested-With": "fetch" },
      });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const found = [...fresh.querySelectorAll("li a")].map((link) => link.getAttribute("href")).join(" ");
      if (!found) { clear(); return; }
      if (found === shown) return;
      if (!box.contains(document.activeElement)) {
        box.replaceChildren(...fresh.childNodes);
        box.hidden = false;
        shown = found;
        if (form.elements.hints) form.elements.hints.value = "1";
        if (said) said.textContent = box.querySelector("[data-said]")?.dataset.said ?? "";
      }
    } catch { /* without hints one writes on */ }
  };
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  };
  title.addEventListener("input", () => soon(rest));
  text?.addEventListener("change", () => soon(rest));
  if (title.value.trim()) soon(rest);
}
