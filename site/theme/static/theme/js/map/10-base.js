// Maps. Leaflet is fetched from our own server when a map comes into sight; nothing else is asked, unless somebody loads tiles.
const leafletAddress = document.querySelector("script[data-leaflet]").dataset.leaflet;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let leaflet;
let outlines;

const withLeaflet = () => leaflet ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = leafletAddress;
  script.addEventListener("load", () => resolve(window.L));
  script.addEventListener("error", reject);
  document.head.append(script);
});

const asJson = async (address, signal) => {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

const townOutlines = (address) => outlines ??= asJson(address);

// A map with the town's districts drawn on it.
const makeMap = async (box) => {
  const [L, town] = await Promise.all([withLeaflet(), townOutlines(box.dataset.shapes)]);
  box.hidden = false;
  const map = L.map(box.querySelector("[data-plane]"), {
    attributionControl: false, zoomControl: false, zoomSnap: 0.5, maxZoom: 19, keyboardPanDelta: 40,
    fadeAnimation: !still, zoomAnimation: !still, markerZoomAnimation: !still, inertia: !still, scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: box.dataset.in, zoomOutTitle: box.dataset.out }).addTo(map);
  // The wheel moves the page until somebody has touched the map.
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  const all = town.bbox ? L.latLngBounds([town.bbox[1], town.bbox[0]], [town.bbox[3], town.bbox[2]]) : null;
  // Nothing can be drawn before there is a view.
  if (all) {
    map.fitBounds(all, { animate: false });
    map.setMinZoom(map.getZoom() - 1).setMaxBounds(all.pad(1));
  } else map.setView([51.2, 10.3], 6);
  const parts = L.geoJSON(town, { interactive: false, style: { className: "mw-map__part" } }).addTo(map);
  parts.eachLayer((part) => {
    const icon = L.divIcon({ className: "mw-map__name", html: textOf(part.feature.properties.name), iconSize: [120, 20] });
    L.marker(part.getBounds().getCenter(), { icon, interactive: false, keyboard: false }).addTo(map)
      .getElement().setAttribute("aria-hidden", "true");
  });
  // Names stand on the map only where there is room for them.
  const names = () => {
    const wide = all ? map.latLngToLayerPoint(all.getNorthEast()).x - map.latLngToLayerPoint(all.getSouthWest()).x : 0;
    map.getContainer().classList.toggle("mw-map__plane--far", wide < 110 * Math.sqrt(town.features.length));
  };
  map.on("zoomend", names);
  names();
  offerTiles(L, map, box);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  return { L, map, town, all };
};

const textOf = (words) => {
  const span = document.createElement("span");
  span.textContent = words;
  return span;
};

// Pictures of streets come from another server only after somebody said so.
const offerTiles = (L, map, box) => {
  if (!box.dataset.tiles) return;
  const consent = box.querySelector("[data-consent]");
  const load = () => {
    L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    box.classList.add("mw-map--tiles");
    for (const credit of box.querySelectorAll("[data-credit]")) credit.hidden = false;
    if (consent) consent.hidden = true;
  };
  if (!consent || remembered() === box.dataset.host) return load();
  consent.hidden = false;
  consent.querySelector("[data-load-tiles]").addEventListener("click", () => {
    if (consent.querySelector("[data-keep-tiles]").checked) {
      try { localStorage.setItem("mw-tiles", box.dataset.host); } catch { /* then we ask again */ }
    }
    load();
    map.getContainer().focus();
  });
};

const remembered = () => {
  try { return localStorage.getItem("mw-tiles"); } catch { return null; }
};

const say = (box, words) => { box.querySelector("[data-say]").textContent = words; };

// Begins when the place of the map comes into sight: not before its step, its page part or its fold is open.
const whenSeen = (box, begin) => {
  for (const words of document.querySelectorAll("[data-without-map]")) words.hidden = true;
  const place = document.createElement("div");
  place.className = "mw-map__place";
  box.before(place);
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    begin().catch((error) => {
      console.warn(error);
      box.hidden = false;
      box.querySelector(".mw-map__frame").hidden = true;
      if (box.dataset.trouble) say(box, box.dataset.trouble);
    }).finally(() => place.remove());
  }, { rootMargin: "200px" });
  watch.observe(place);
};
