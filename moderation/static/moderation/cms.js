/* Moderators' keys, the claim that stays alive while a case is open, and the letter that follows the form. Without it everything works by buttons. */
const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
for (const keys of document.querySelectorAll("[data-mod-keys]")) keys.hidden = false;

const queue = document.querySelector("[data-mod-queue]");
if (queue) {
  const rows = [...queue.querySelectorAll("[data-mod-row]")];
  document.addEventListener("keydown", (event) => {
    if (!plain(event) || typing(event.target)) return;
    const at = rows.indexOf(document.activeElement);
    if (event.key === "j") rows[Math.min(at + 1, rows.length - 1)]?.focus();
    else if (event.key === "k") rows[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "o" && at >= 0) rows[at].click();
    else return;
    event.preventDefault();
  });
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
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const choices = form ? [...form.querySelectorAll("[name=decision]")] : [];
  const send = (url, body) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });

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
    if (typing(event.target)) return;
    const choice = choices[Number(event.key) - 1];
    if (/^[1-9]$/.test(event.key) && choice) {
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key === "b") form?.querySelector("[name=reason]")?.focus();
    else if (event.key === "j") page.querySelector("[data-mod-next]")?.click();
    else if (event.key === "k") history.back();
    else return;
    event.preventDefault();
  });

  const claim = page.querySelector("[data-mod-claim]");
  if (claim && claim.dataset.held !== "other") {
    const words = claim.querySelector("[data-mod-claim-text]");
    const keep = async () => {
      if (document.hidden) return;
      const answer = await send(claim.dataset.modClaim).catch(() => null);
      if (!answer || (!answer.ok && answer.status !== 409)) return;
      const said = await answer.json();
      if (words.textContent !== said.text) words.textContent = said.text;
      claim.classList.toggle("mod-note--green", said.held);
      claim.classList.toggle("mod-note--yellow", !said.held);
      for (const button of claim.querySelectorAll("form")) button.hidden = button.matches("[data-mod-release]") !== said.held;
      if (!said.held) clearInterval(beat);
    };
    const beat = setInterval(keep, 5 * 60 * 1000);
    keep();
  }

  const letter = page.querySelector("[data-mod-letter]");
  if (form && letter) {
    let waiting, running;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const turn = (running = {});
        const answer = await send(form.dataset.preview, new FormData(form)).catch(() => null);
        if (answer?.ok && turn === running) letter.innerHTML = await answer.text();
      }, 350);
    });
  }
  document.querySelector("#konflikt, #fehler")?.focus();
}
