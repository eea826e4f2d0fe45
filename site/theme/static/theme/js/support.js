// The support button answers at once, tells the server, and takes it back honestly when that fails.
// Without a script the form is posted; with one it is PUT or DELETE on the same address.
const digits = new Intl.NumberFormat(document.documentElement.lang || "de");
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

const show = (box, button, given, by) => {
  button.setAttribute("aria-pressed", String(given));
  const number = box.querySelector("[data-support-number]");
  if (number && by) number.textContent = digits.format(Number(number.textContent.replace(/\D/g, "")) + by);
};

const put = (box, words) => {
  const fresh = words && parsed(words).querySelector("[data-support]");
  if (!fresh) return false;
  box.replaceWith(fresh);
  fresh.querySelector("button, [aria-disabled]")?.focus({ preventScroll: true });
  return true;
};

const tell = async (form, method) => {
  const answer = await fetch(form.getAttribute("action"), { // the button is called "action" and hides the property
    method,
    headers: { Accept: "application/json", "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
    redirect: "error",
  });
  const said = await answer.json().catch(() => ({}));
  return { status: answer.status, html: said.html };
};

// While the event sinks, not while it rises: the guard against double clicks must find it answered already.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-support-form]");
  const button = form?.querySelector("button[aria-pressed]");
  if (!form || !button || form.dataset.plain) return;
  event.preventDefault();
  if (button.getAttribute("aria-busy") === "true") return;
  const box = form.closest("[data-support]");
  const words = box.querySelector("[data-support-words]");
  const label = button.querySelector("[data-support-label]");
  const before = { given: button.getAttribute("aria-pressed") === "true", label: label?.textContent };
  const back = () => show(box, button, before.given, before.given ? 1 : -1);
  show(box, button, !before.given, before.given ? -1 : 1);
  button.setAttribute("aria-busy", "true");
  if (label && button.dataset.busy) label.textContent = button.dataset.busy;
  try {
    const { status, html } = await tell(form, before.given ? "DELETE" : "PUT");
    if (put(box, html)) return;
    back();
    if (status === 401) {
      form.dataset.plain = "yes"; // the form leads to signing in and keeps the click
      form.requestSubmit(button);
    } else if (words) words.textContent = words.dataset.lost;
  } catch {
    back();
    if (words) words.textContent = words.dataset.lost;
  } finally {
    button.removeAttribute("aria-busy");
    if (label) label.textContent = before.label;
  }
}, true);
