// Putting projects into the basket answers at once; the server says what holds, one change after the other.
// Without a script every button sends the form; saving always does.
const basket = document.querySelector("form[data-basket]");
if (basket) {
  const money = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR", trailingZeroDisplay: "stripIfInteger" });
  const bar = () => basket.querySelector("[data-basket-bar]");
  let queue = Promise.resolve();
  let waiting = 0;

  // Show it as it will be: the button pressed, the sum moved. Too dear a project waits for the server's words.
  const foresee = (row, adds) => {
    const now = bar();
    const spent = Number(now.dataset.spent) + (adds ? 1 : -1) * Number(row.dataset.cents);
    const left = Number(now.dataset.budget) - spent;
    if (left < 0) return;
    now.dataset.spent = spent;
    now.querySelector("progress").value = spent;
    const words = now.querySelector("[data-left]");
    words.textContent = words.textContent.replace(/[\d.,]+\s*€/, money.format(left / 100));
    row.classList.toggle("mw-project--in", adds);
    row.querySelector("button").setAttribute("aria-busy", "true");
  };

  const take = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-basket]");
    if (!fresh) throw new Error("another page");
    const [button, saves] = [document.activeElement?.closest("[data-project]")?.id, document.activeElement?.name];
    for (const row of basket.querySelectorAll("[data-project]")) {
      const next = fresh.querySelector(`#${row.id}`);
      if (next && next.outerHTML !== row.outerHTML) row.replaceWith(document.adoptNode(next));
    }
    // The words of the status stay in their element, so that they are read out; the rest is exchanged.
    const [old, next] = [bar(), fresh.querySelector("[data-basket-bar]")];
    const status = old.querySelector("#stand");
    const words = next.querySelector("#stand");
    status.innerHTML = words.innerHTML;
    words.replaceWith(status);
    old.replaceWith(document.adoptNode(next));
    if (button) document.querySelector(`#${button} button`)?.focus({ preventScroll: true });
    else if (saves) bar().querySelector(`[name="${saves}"]`)?.focus({ preventScroll: true });
  };

  const lost = (before) => {
    const chosen = basket.elements.chosen.value;
    take(before);
    basket.elements.chosen.value = chosen;
    const words = document.createElement("p");
    words.className = "mw-purse__refusal";
    words.setAttribute("role", "alert");
    words.textContent = basket.dataset.lost;
    bar().prepend(words);
  };

  const send = async (name, value, before) => {
    try {
      const body = new FormData();
      for (const field of ["csrfmiddlewaretoken", "chosen"]) body.set(field, basket.elements[field].value);
      body.set(name, value);
      const answer = await fetch(basket.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (--waiting === 0 || answer.status >= 400) take(html);
      else basket.elements.chosen.value = new DOMParser().parseFromString(html, "text/html").querySelector('[name="chosen"]').value;
    } catch {
      waiting = Math.max(0, waiting - 1);
      lost(before);
    }
  };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== basket || !button || !["add", "remove"].includes(button.name)) return;
    event.preventDefault();
    const row = button.closest("[data-project]");
    if (button.getAttribute("aria-busy") === "true") return;
    const before = basket.outerHTML;
    foresee(row, button.name === "add");
    waiting += 1;
    queue = queue.then(() => send(button.name, button.value, before));
  }, true);
}
