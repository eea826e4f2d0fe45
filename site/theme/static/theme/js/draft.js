// What somebody writes is saved while they write: signed in, in their draft on the server; before that, in this window only.
// Pictures and files go up as soon as they are chosen. When it fails, a quiet line says so and it is tried again.
const form = document.querySelector("form[data-draft-url]");
if (form) {
  const words = form.dataset;
  const line = document.querySelector("[data-saved-line]");
  const said = document.querySelector("[data-saved-said]");
  const alert = document.querySelector("[data-conflict]");
  const place = `mw-idea:${form.elements.campaign?.value ?? ""}:${location.pathname}`;
  const pause = 1500;
  let timer = 0, busy = false, again = false, failing = false, stopped = !("autosave" in words), kept = snapshot();

  function snapshot() {
    return JSON.stringify([...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && !["csrfmiddlewaretoken", "draft_version", "hints"].includes(name)));
  }
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  const tell = (text, aloud) => {
    if (line) {
      line.hidden = !text;
      line.classList.toggle("mw-saved--not", failing);
      line.querySelector("[data-saved-words]").textContent = text;
    }
    if (aloud && said) said.textContent = text;
  };
  const fail = (text) => {
    const first = !failing;
    failing = true;
    tell(text, first);
  };
  const body = (files) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    for (const [name, list] of Object.entries(files ?? {})) for (const file of list) data.append(name, file);
    return data;
  };
  const standOn = (answer) => {
    form.elements.draft_version.value = answer.version;
    form.elements.draft.value = answer.key;
    if (words.page) history.replaceState(history.state, "", words.page.replace(/entwurf=[^&]*/, `entwurf=${answer.key}`));
    if (!words.draftUrl.includes(answer.key)) form.dataset.draftUrl = words.draftUrl.replace(/[0-9a-f-]{36}/, answer.key);
  };
  const conflict = ({ other }) => {
    stopped = true;
    fail("");
    if (!alert) return;
    alert.querySelector("[data-conflict-title]").textContent = other?.title ? `„${other.title}“` : "";
    alert.querySelector("[data-conflict-when]").textContent = other?.when ? `(${other.when})` : "";
    alert.querySelector("[data-conflict-text]").textContent = other?.text ?? "";
    alert.hidden = false;
    alert.focus();
  };
  const refused = (status, answer) => {
    if (answer.error === "conflict") conflict(answer);
    else if (status === 401) { stopped = true; fail(words.signedOut); remember(); }
    else if (status === 429) { fail(words.tooFast); later(30_000); }
    else { fail(words.trouble); later(15_000); }
  };
  const later = (wait = pause) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  };
  async function save(keepalive = false) {
    const fresh = snapshot();
    if (stopped || fresh === kept) return;
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST", body: body(), keepalive, redirect: "error",
        headers: { Accept: "application/json", "X-Requested-With": "fetch", "X-CSRFToken": token() },
      });
      const read = await answer.json().catch(() => ({}));
      if (!answer.ok) refused(answer.status, read);
      else {
        kept = fresh;
        if (read.saved) {
          standOn(read);
          const was = failing;
          failing = false;
          tell(read.words, false);
          if (was && said) said.textContent = words.again;
        }
      }
    } catch {
      fail(words.offline);
      later(15_000);
    } finally {
      busy = false;
      if (again) { again = false; later(); }
    }
  }

  // Without an account nothing is sent; the words outlive a slip in this window, and go with it.
  const remember = () => { try { sessionStorage.setItem(place, snapshot()); } catch { /* storage may be off */ } };
  const forget = () => { try { sessionStorage.removeItem(place); } catch { /* storage may be off */ } };
  const bringBack = () => {
    let pairs = [];
    try { pairs = JSON.parse(sessionStorage.getItem(place) ?? "[]"); } catch { return; }
    const texts = [...form.querySelectorAll("input[type=text], input:not([type]), textarea")];
    if (!pairs.length || texts.some((field) => field.name === "title" && field.value)) return;
    for (const [name, value] of pairs) {
      const field = form.elements[name];
      if (!value || !field || ["draft", "writer"].includes(name)) continue;
      if (field instanceof RadioNodeList) continue;
      if (field.type === "checkbox" || field.type === "file") continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    tell(words.back, true);
  };

  form.addEventListener("input", () => { if (stopped) remember(); else later(); });
  form.addEventListener("change", () => { if (!stopped) later(); });
  addEventListener("online", () => { if (failing) later(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && !stopped) save(true); });
  addEventListener("beforeunload", (event) => {
    if (failing && !stopped && !form.dataset.sent && snapshot() !== kept) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      fail(words.noNet);
      if (stopped) remember();
      return;
    }
    clearTimeout(timer);
    form.elements.csrfmiddlewaretoken.value = token(); // somebody may have signed in in another window meanwhile
    if (words.page) history.replaceState(history.state, "", words.page.replace(/entwurf=[^&]*/, `entwurf=${form.elements.draft.value}`));
  });
  if (!("autosave" in words)) { if ("hasDraft" in words) forget(); else bringBack(); }

  // Pictures and files: sent at once, with a bar that shows how far; the part of the form comes back with what was kept.
  const bar = (input) => {
    const box = document.createElement("p");
    const label = document.createElement("label");
    const progress = document.createElement("progress");
    progress.className = "mw-progress";
    progress.id = `${input.id}_progress`;
    progress.max = 1;
    progress.value = 0;
    label.htmlFor = progress.id;
    label.className = "mw-meta";
    label.textContent = `${words.uploading} ${[...input.files].map((file) => file.name).join(", ")}`;
    box.append(label, progress);
    input.after(box);
    return box;
  };
  const put = (part, html) => {
    const box = form.querySelector(`[data-uploads="${part}"]`);
    const before = new Set([...box.querySelectorAll("[id]")].map((one) => one.id));
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    box.replaceChildren(...fresh.childNodes);
    return [...box.querySelectorAll("input:not([type=hidden])")].find((field) => field.id && !before.has(field.id));
  };
  const upload = (input) => {
    const files = { [input.name]: [...input.files] };
    const box = bar(input);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.draftUrl);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) box.querySelector("progress").value = event.loaded / event.total;
    });
    const lost = () => {
      box.remove();
      tell(words.uploadLost, true);
    };
    request.addEventListener("error", lost);
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* told as lost */ }
      if (request.status !== 200 || !answer.parts) {
        box.remove();
        if (answer.error === "conflict") conflict(answer);
        else tell(answer.message || words.uploadLost, true);
        return;
      }
      standOn(answer);
      let first = null;
      for (const [part, html] of Object.entries(answer.parts)) first = put(part, html) ?? first;
      (first ?? form.querySelector(`input[type=file][name="${input.name}"]`))?.focus();
      failing = false;
      tell(answer.words, false);
      if (said) said.textContent = Object.values(answer.wrong).flat().join(" ") || words.uploaded;
      kept = snapshot();
    });
    const data = body(files);
    data.delete("image_alt");
    request.send(data);
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-uploads] input[type=file]") && event.target.files.length && !(stopped && failing)) upload(event.target);
  });
}
