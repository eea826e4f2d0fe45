// The form of an idea in short steps: each is checked before the next one comes, "Zurück" of the browser goes one step back.
// Without this script all fields stand on one page; the server checks everything again.
const form = document.querySelector("form[data-steps]");
const parts = form ? [...form.querySelectorAll("[data-step]")] : [];
if (parts.length > 1) {
  const line = document.querySelectorAll("[data-steps-line] li");
  const [back, next, last] = ["back", "next", "last"].map((name) => form.querySelector(`[data-step-${name}]`));
  let now = 0;
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const model = form.querySelector(".mw-icon use, svg use");
    const use = document.createElementNS(svg.namespaceURI, "use");
    use.setAttribute("href", `${(model?.getAttribute("href") ?? "").split("#")[0]}#${name}`);
    svg.classList.add("mw-icon");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  };
  const show = (place, move) => {
    now = place;
    parts.forEach((part, index) => { part.hidden = index !== now; });
    line.forEach((item, index) => {
      item.classList.toggle("mw-steps__done", index < now);
      if (index === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    back.hidden = now === 0;
    next.hidden = now === parts.length - 1;
    last.hidden = !next.hidden;
    form.dispatchEvent(new CustomEvent("mw:step", { detail: now + 1 }));
    if (!move) return;
    parts[now].tabIndex = -1;
    parts[now].focus({ preventScroll: true });
    (document.querySelector("[data-steps-line]") ?? form).scrollIntoView();
  };
  const go = (place) => {
    history.pushState({ ...history.state, step: place }, "");
    show(place, true);
  };

  // What is wrong with one field, in words; empty when nothing is.
  const wrong = (field) => {
    const words = field.dataset;
    const length = [...field.value.normalize("NFC").trim()].length;
    if (field.required && !length) return words.empty || form.dataset.empty;
    if (length && words.least && length < Number(words.least)) return words.short;
    if (words.most && length > Number(words.most)) return words.long?.replace("{n}", length) ?? "";
    if (length && !field.checkValidity() && !field.validity.tooShort) return field.validationMessage;
    return "";
  };
  const mark = (field, words) => {
    const box = field.closest(".mw-field");
    const id = `${field.id}_error`;
    const list = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    document.getElementById(id)?.remove();
    box?.classList.toggle("mw-field--error", Boolean(words));
    box?.querySelector(".kern-form-input")?.classList.toggle("kern-form-input--error", Boolean(words));
    if (words) {
      const error = document.createElement("div");
      const text = document.createElement("p");
      error.className = "kern-error";
      error.id = id;
      text.className = "kern-body";
      text.textContent = words;
      error.append(icon("danger"), text);
      (field.closest(".kern-form-input__select-wrapper") ?? field).after(error);
      field.setAttribute("aria-invalid", "true");
      list.unshift(id);
    } else field.removeAttribute("aria-invalid");
    if (list.length) field.setAttribute("aria-describedby", list.join(" "));
    else field.removeAttribute("aria-describedby");
  };
  const fields = (part) => [...part.querySelectorAll("input, textarea, select")].filter(
    (field) => field.id && !["hidden", "file", "checkbox", "radio", "submit", "button"].includes(field.type),
  );
  const check = (part) => {
    const bad = fields(part).filter((field) => {
      const words = wrong(field);
      if (words || field.getAttribute("aria-invalid")) mark(field, words);
      return words;
    });
    bad[0]?.focus();
    bad[0]?.scrollIntoView({ block: "center" });
    return bad.length === 0;
  };

  next.addEventListener("click", () => check(parts[now]) && go(now + 1));
  back.addEventListener("click", () => {
    if (history.state?.step === now && now > 0) history.back();
    else show(now - 1, true);
  });
  last.addEventListener("click", (event) => { if (!check(parts[now])) event.preventDefault(); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=file], [type=checkbox], [type=radio], [type=submit])")) return;
    event.preventDefault();
    (next.hidden ? last : next).click();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") && fields(form).includes(target) && !wrong(target)) mark(target, "");
  });
  addEventListener("popstate", (event) => show(Math.min(event.state?.step ?? 0, parts.length - 1), true));
  // The links of the summary of errors lead into fields that may stand on the other step.
  document.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest?.("#fehler a[href^='#']")?.hash.slice(1) ?? "");
    const place = parts.findIndex((part) => part.contains(target));
    if (target && place >= 0 && place !== now) show(place, false);
  }, true);
  const first = parts.findIndex((part) => part.querySelector(".mw-field--error"));
  show(first >= 0 ? first : Math.min(history.state?.step ?? 0, parts.length - 1), false);
}
