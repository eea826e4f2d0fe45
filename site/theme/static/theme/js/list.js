// Narrowing and sorting a list without leaving the page: the place on the page and the focus stay, the number is said.
// Every link also works by itself; whatever goes wrong here, it is followed.
const PARTS = "[data-list], [data-list-count], .mw-tabs, #ideen-titel";
const list = document.querySelector("[data-list]");
if (list && !document.querySelector(".mw-map")) {
  const said = document.createElement("p");
  said.className = "kern-sr-only";
  said.setAttribute("role", "status");
  document.body.append(said);
  let latest = 0;
  let here = location.href.split("#")[0];
  const show = async (url, key) => {
    const mine = ++latest;
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return false;
    const [old, fresh] = [document, page].map((from) => [...from.querySelectorAll(PARTS)]);
    if (old.length !== fresh.length) throw new Error("another page");
    const open = document.querySelector("[data-list] details")?.open;
    fresh.forEach((part, place) => old[place].replaceWith(document.adoptNode(part)));
    const now = document.querySelector("[data-list]");
    if (open) now.querySelector("details").open = true;
    said.textContent = now.dataset.list;
    const same = key && [...now.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
    if (same) (same.find((one) => one.closest(".mw-filter, .mw-sort")) || now.querySelector("summary, a")).focus({ preventScroll: true });
    return true;
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-list] a[data-key]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const url = link.href.split("#")[0];
    try {
      if (await show(url, link.dataset.key)) history.pushState(null, "", (here = url));
    } catch {
      location.assign(link.href);
    }
  });
  addEventListener("popstate", () => {
    const url = location.href.split("#")[0];
    if (url === here) return;
    here = url;
    show(url).catch(() => location.reload());
  });
}
