// Buttons that vote answer at once, tell the server, and take it back honestly when that fails.
// Without a script the form is posted; with one it is PUT or DELETE on the same address. A button with a value of its own
// (for, against, stars, agree) sends it along, and of several in one form only one can be pressed.
const digits = new Intl.NumberFormat(document.documentElement.lang || "de");
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const isGiven = (button) => button.getAttribute("aria-pressed") === "true";

const show = (box, button, given) => {
  if (isGiven(button) === given) return;
  button.setAttribute("aria-pressed", String(given));
  const number = button.querySelector("[data-support-number]") ?? (button.dataset.value ? null : box.querySelector("[data-support-number]"));
  if (number) number.textContent = digits.format(Number(number.textContent.replace(/\D/g, "")) + (given ? 1 : -1));
};

const put = (box, words, id) => {
  const fresh = words && parsed(words).querySelector("[data-support]");
  if (!fresh) return false;
  box.replaceWith(fresh);
  const same = id && document.getElementById(id);
  (same || fresh.querySelector("button, [aria-disabled]"))?.focus({ preventScroll: true });
  return true;
};

const tell = async (form, method, value) => {
  const answer = await fetch(form.getAttribute("action"), { // the button is called "action" and hides the property
    method,
    headers: { Accept: "application/json", "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
    body: method === "PUT" && value ? JSON.stringify({ value: Number(value) }) : undefined,
    redirect: "error",
  });
  const said = await answer.json().catch(() => ({}));
  return { status: answer.status, html: said.html };
};

// While the event sinks, not while it rises: the guard against double clicks must find it answered already.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-support-form]");
  const buttons = [...(form?.querySelectorAll("button[aria-pressed]") ?? [])];
  const button = buttons.includes(event.submitter) ? event.submitter : buttons[0];
  if (!form || !button || form.dataset.plain) return;
  event.preventDefault();
  if (buttons.some((one) => one.getAttribute("aria-busy") === "true")) return;
  const box = form.closest("[data-support]");
  const words = box.querySelector("[data-support-words]");
  const label = button.querySelector("[data-support-label]");
  const before = { given: isGiven(button), label: label?.textContent, pressed: buttons.filter(isGiven) };
  const back = () => buttons.forEach((one) => show(box, one, before.pressed.includes(one)));
  buttons.forEach((one) => show(box, one, one === button && !before.given));
  button.setAttribute("aria-busy", "true");
  if (label && button.dataset.busy) label.textContent = button.dataset.busy;
  try {
    const { status, html } = await tell(form, before.given ? "DELETE" : "PUT", button.dataset.value);
    if (put(box, html, button.id)) return;
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
