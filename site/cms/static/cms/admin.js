/* Names that parts of Wagtail leave out, for people who hear the page; a chosen file that outlives an error; one page
   instead of two. Everything works without it. */
const text = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
let count = 0;
const idOf = (node) => (node.id ||= `mw-name-${++count}`);
const named = (node) => node.labels?.length || node.hasAttribute("aria-label") || node.hasAttribute("aria-labelledby") || node.title;
/* The label of the field around it, else the heading of the part it stands in. */
const nameFor = (node) => {
  const label = node.closest("[data-field-wrapper]")?.querySelector(".w-field__label") ?? node.closest("[data-field]")?.parentElement.querySelector("label");
  return label ?? node.closest("section[aria-labelledby]")?.querySelector("[data-panel-heading]");
};
const FIELDS = ".public-DraftEditor-content, .tagit-new input, section.w-panel--nested input:not([type=hidden]), section.w-panel--nested textarea";
const mend = () => {
  for (const node of document.querySelectorAll(FIELDS)) {
    const name = named(node) ? null : nameFor(node);
    if (name) node.setAttribute("aria-labelledby", idOf(name));
  }
  /* A block within a block is a group; a page with forty landmarks has none. */
  for (const node of document.querySelectorAll("section.w-panel--nested:not([role])")) node.setAttribute("role", "group");
  for (const form of document.querySelectorAll("form[role=search]:not([aria-label])")) {
    const words = form.querySelector("input[type=search], [name=q]")?.placeholder ?? "";
    form.setAttribute("aria-label", form.closest("main") ? `${words} ${text(document.querySelector("h1"))}`.trim() : words || text(form));
  }
  for (const link of document.querySelectorAll("a.page-status-tag[aria-label]"))
    if (!link.ariaLabel.includes(text(link))) link.ariaLabel = `${text(link)}. ${link.ariaLabel}`;
  for (const heading of document.querySelectorAll("td > h2:empty")) heading.remove();
};
/* A window that comes back with an error brings a new, empty field: the file is put into it again. */
const chosen = new Map();
const keyOf = (input) => `${input.form?.action} ${input.name}`;
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[role=dialog] input[type=file]")) chosen.set(keyOf(target), target.files);
});
const keep = () => {
  for (const input of document.querySelectorAll("[role=dialog] input[type=file]")) {
    const files = chosen.get(keyOf(input));
    if (files?.length && !input.files.length && input.form?.querySelector("[aria-invalid=true], .w-field--error, .error-message")) input.files = files;
  }
};
/* A new page that is sent while the editor is saving it by itself would be made a second time: it goes when that has ended.
   And nothing is saved by itself behind a form that has gone: what was just published would become a draft again. */
let leaving = null;
let saving = null;
let held = null;
const go = () => {
  const [form, button] = held ?? [];
  saving = held = null;
  if (!form) return;
  if (button) button.disabled = false;
  form.requestSubmit(button);
};
document.addEventListener("w-autosave:save", (event) => {
  if (leaving === event.target) event.preventDefault();
  setTimeout(() => (saving = event.defaultPrevented ? null : event.target));
});
for (const end of ["success", "error"]) document.addEventListener(`w-autosave:${end}`, go);
document.addEventListener(
  "submit",
  (event) => {
    if (!saving || saving !== event.target) {
      leaving = event.target;
      setTimeout(() => event.defaultPrevented && (leaving = null));
      setTimeout(() => (leaving = null), 60000); // it stayed, whatever the reason
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    held = [event.target, event.submitter];
    setTimeout(() => held && go(), 10000);
  },
  true,
);
let waiting = 0;
const soon = () => (waiting ||= requestAnimationFrame(() => ((waiting = 0), mend(), keep())));
mend();
new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
