// The program that shows a page of ours while there is no network; it comes after everything that people wait for.
if ("serviceWorker" in navigator && isSecureContext && !location.pathname.startsWith("/cms/"))
  addEventListener("load", () => {
    const start = () => navigator.serviceWorker.register("/dienst.js").catch(() => { /* it works without */ });
    if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 5000 });
    else setTimeout(start, 1500);
  });
if (document.querySelector("[data-no-network]") && !location.pathname.startsWith("/ohne-netz/"))
  addEventListener("online", () => location.reload());
