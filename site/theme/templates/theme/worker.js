// Keeps files that are the same for everybody and one page for the time without network. Pages, answers and pictures are
// never kept, so that nobody sees an old or a foreign one. Written by theme.app; no push, no background work.
const plan = {{ plan|safe }};

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(plan.name);
    await store.addAll(plan.files);
    // Without cookies: the page kept is that of a stranger.
    const page = await fetch(new Request(plan.page, { credentials: "omit", cache: "reload" }));
    if (!page.ok || page.redirected) throw new Error("no page to keep");
    await store.put(plan.page, page);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== plan.name) await caches.delete(name);
    await registration.navigationPreload?.enable();
    await clients.claim();
  })());
});

const page = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(plan.page, { cacheName: plan.name })) ?? Response.error();
  }
};
const file = async (request) =>
  (await caches.match(request, { cacheName: plan.name })) ?? fetch(request);

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin || address.pathname.startsWith("/cms/")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (plan.files.includes(address.pathname)) event.respondWith(file(request));
});
