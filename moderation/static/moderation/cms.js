/* Moderators' keys, the claim that stays alive while a case is open, and the letter that follows the form. Without it everything works by buttons. */
const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
/* Single keys can be switched off: some people speak to their computer. Kept in this browser only. */
const OFF = "mitwirk-keys-off";
const singles = () => localStorage.getItem(OFF) !== "1";
const help = document.querySelector("[data-mod-keys]");
for (const keys of document.querySelectorAll("[data-mod-keys]")) keys.hidden = false;
for (const box of document.querySelectorAll("[data-mod-single]")) {
  box.checked = singles();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
document.addEventListener("keydown", (event) => {
  if (!help || event.key !== "?" || typing(event.target) || !singles()) return;
  help.open = !help.open;
  help.querySelector("summary").focus();
  event.preventDefault();
});
const post = (url, body) =>
  fetch(url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value, Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });

const queue = document.querySelector("[data-mod-queue]");
if (queue) {
  const rows = () => [...queue.querySelectorAll("[data-mod-row]")];
  const boxes = () => [...queue.querySelectorAll("[name=fall]")];
  const dress = () => {
    for (const one of queue.querySelectorAll("[data-mod-noscript]")) one.hidden = true;
    const all = queue.querySelector("[data-mod-all]");
    if (all) all.hidden = false;
    count();
  };
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    const words = queue.querySelector("[data-mod-count]");
    if (words) words.textContent = chosen ? `${chosen} / ${boxes().length}` : "";
  };
  queue.addEventListener("change", (event) => {
    if (event.target.closest("[data-mod-all]")) for (const box of boxes()) box.checked = event.target.checked;
    count();
  });
  const take = async (row) => {
    const place = row.closest("[data-claim]");
    const answer = await post(place.dataset.claim).catch(() => null);
    if (!answer) return;
    const said = await answer.json();
    place.querySelector("[data-mod-holder]").textContent = said.text;
    place.classList.toggle("mod-mine", said.held);
  };
  document.addEventListener("keydown", (event) => {
    if (!plain(event) || typing(event.target) || !singles()) return;
    const all = rows();
    const row = document.activeElement.closest("[data-claim]")?.querySelector("[data-mod-row]");
    const at = all.indexOf(row);
    if (event.key === "j") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "k") all[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "o" && row) row.click();
    else if (event.key === "c" && row) take(row);
    else if (event.key === "x" && row) row.closest("[data-claim]").querySelector("[name=fall]")?.click();
    else return;
    event.preventDefault();
  });

  /* At most every 30 seconds, only while somebody can see the page; 304 as long as nothing has changed. */
  const EVERY = 30_000;
  const list = queue.querySelector("[data-mod-list]");
  const news = queue.querySelector("[data-mod-news]");
  let sign = queue.dataset.sign, asked = Date.now(), asking = false;
  const busy = () => list.contains(document.activeElement) || boxes().some((box) => box.checked);
  const ask = async () => {
    if (document.hidden || asking || Date.now() - asked < EVERY) return;
    asked = Date.now();
    asking = true;
    const answer = await fetch(queue.dataset.live, { headers: { "If-None-Match": `"${sign}"` }, cache: "no-store" }).catch(() => null);
    asking = false;
    if (answer?.status !== 200 || !answer.headers.get("ETag")) return;
    if (busy()) {
      news.hidden = false;
      return;
    }
    sign = answer.headers.get("ETag").replace(/^W\//, "").replaceAll('"', "");
    list.innerHTML = await answer.text();
    news.hidden = true;
    dress();
  };
  news.querySelector("a").href = location.href;
  setInterval(ask, 5000);
  document.addEventListener("visibilitychange", ask);
  dress();
}

for (const frame of document.querySelectorAll("[data-mod-frame]")) {
  const fit = () => {
    const height = frame.contentDocument?.documentElement.scrollHeight;
    if (height) frame.style.height = `${Math.min(Math.max(height + 4, 120), 1600)}px`;
  };
  frame.addEventListener("load", fit);
  fit();
}

const page = document.querySelector("[data-mod-case]");
if (page) {
  const form = page.querySelector("[data-mod-form]");
  const choices = form ? [...form.querySelectorAll("[name=decision]")] : [];

  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!plain(event)) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      else if (!document.querySelector("dialog[open], [role=dialog]:not([aria-hidden=true])")) location.href = page.dataset.list;
      return;
    }
    if (typing(event.target) || !singles()) return;
    const choice = choices[Number(event.key) - 1];
    if (/^[1-9]$/.test(event.key) && choice) {
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key === "c") page.querySelector('[data-mod-claim]:is([data-held="kept"], [data-held="free"]) form:not([data-mod-release]) button')?.click();
    else if (event.key === "b") form?.querySelector("[name=reason]")?.focus();
    else if (event.key === "j") page.querySelector("[data-mod-next]")?.click();
    else if (event.key === "k") history.back();
    else return;
    event.preventDefault();
  });

  const claim = page.querySelector("[data-mod-claim]");
  if (claim && !["other", "kept"].includes(claim.dataset.held)) {
    const words = claim.querySelector("[data-mod-claim-text]");
    let failed = 0;
    const keep = async () => {
      if (document.hidden) return;
      const answer = await post(claim.dataset.modClaim).catch(() => null);
      if (!answer || answer.status >= 500) setTimeout(keep, failed++ < 3 ? 2_000 : 10_000); // a line that broke, a server that starts anew
      if (!answer || (!answer.ok && answer.status !== 409)) return;
      const said = await answer.json();
      if (words.textContent !== said.text) words.textContent = said.text;
      claim.dataset.held = said.held ? "mine" : "other"; // what is typed must not be lost by taking it once more
      claim.classList.toggle("mod-note--green", said.held);
      claim.classList.toggle("mod-note--yellow", !said.held);
      for (const button of claim.querySelectorAll(".mod-buttons form")) button.hidden = button.matches("[data-mod-release]") !== said.held;
      if (!said.held) clearInterval(beat);
    };
    const beat = setInterval(keep, 5 * 60 * 1000);
    /* A case opened in a tab behind is taken when somebody comes to look at it. */
    document.addEventListener("visibilitychange", () => claim.dataset.held !== "other" && keep());
    keep();
  }

  const letter = page.querySelector("[data-mod-letter]");
  if (form && letter) {
    let waiting, running;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const turn = (running = {});
        const answer = await post(form.dataset.preview, new FormData(form)).catch(() => null);
        if (answer?.ok && turn === running) letter.innerHTML = await answer.text();
      }, 350);
    });
  }
  document.querySelector("#konflikt, #fehler")?.focus();
}
