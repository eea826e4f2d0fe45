// The map of ideas: marks for the piece in sight, a small card for each, and the same as a list.
const MARK = 44;

const ideasMap = async (box) => {
  const { L, map, all } = await makeMap(box);
  const shown = new Map();
  const card = box.querySelector("[data-card]");
  const list = box.querySelector("[data-marks]");
  let asking;
  let opened;

  const address = (bounds) => {
    const url = new URL(box.dataset.url, location.href);
    url.searchParams.set("raster", Math.min(16, Math.max(4, Math.floor(map.getContainer().clientWidth / 56))));
    if (bounds) {
      const cut = (value, most) => Math.min(most, Math.max(-most, value)).toFixed(6);
      url.searchParams.set("bbox", [cut(bounds.getWest(), 180), cut(bounds.getSouth(), 90), cut(bounds.getEast(), 180), cut(bounds.getNorth(), 90)].join());
    }
    return url;
  };

  const keyOf = (feature) => feature.id ? `i${feature.id}` : `g${feature.geometry.coordinates}:${feature.properties.count}`;

  const close = () => {
    card.hidden = true;
    const mark = opened;
    opened = null;
    (mark?.getElement()?.isConnected ? mark.getElement() : map.getContainer()).focus({ preventScroll: true });
  };

  const open = (feature, mark) => {
    const told = feature.properties;
    opened = mark;
    card.querySelector("[data-over]").textContent = [told.topic, told.district].filter(Boolean).join(" · ");
    const link = card.querySelector("[data-link]");
    link.textContent = told.title;
    link.href = told.url;
    card.querySelector("[data-teaser]").textContent = told.teaser;
    card.querySelector("[data-under]").textContent = underOf(told);
    card.hidden = false;
    card.focus();
  };

  const underOf = (told) => told.status;

  const closer = (feature) => {
    const [lng, lat] = feature.geometry.coordinates;
    map.getContainer().focus({ preventScroll: true });
    map.setView([lat, lng], Math.min(map.getZoom() + 2, map.getMaxZoom()));
  };

  // Marks at the very same place stand in a ring around it.
  const asides = (features) => {
    const places = new Map();
    for (const feature of features) {
      const place = `${feature.geometry.coordinates}`;
      places.set(place, [...(places.get(place) ?? []), feature]);
    }
    const found = new Map();
    for (const together of places.values()) {
      if (together.length < 2) continue;
      const radius = Math.max(30, together.length * 50 / (2 * Math.PI));
      together.forEach((feature, index) => {
        const turn = 2 * Math.PI * index / together.length;
        found.set(feature, [Math.round(radius * Math.sin(turn)), Math.round(radius * Math.cos(turn))]);
      });
    }
    return found;
  };

  const signFor = (feature) => {
    if (feature.properties.cluster) return textOf(feature.properties.count.toLocaleString("de"));
    return box.querySelector("[data-idea-sign]").content.cloneNode(true).firstElementChild;
  };

  const labelOf = (told) => told.cluster ? `${told.label}, ${box.dataset.closer}` : [told.title, told.status].join(", ");

  const mark = (feature, [aside, down] = [0, 0]) => {
    const [lng, lat] = feature.geometry.coordinates;
    const told = feature.properties;
    const icon = L.divIcon({
      className: told.cluster ? "mw-map__group" : "mw-map__pin", html: signFor(feature),
      iconSize: [MARK, MARK], iconAnchor: [MARK / 2 - aside, MARK / 2 + down],
    });
    const made = L.marker([lat, lng], { icon, riseOnHover: true }).addTo(map);
    const act = () => told.cluster ? closer(feature) : open(feature, made);
    made.on("click", act);
    const element = made.getElement();
    element.setAttribute("aria-label", labelOf(told));
    element.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    return made;
  };

  const rowFor = (feature) => {
    const told = feature.properties;
    const row = document.createElement("li");
    if (told.cluster) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${told.label}: ${box.dataset.closer}`;
      button.addEventListener("click", () => closer(feature));
      row.append(button);
    } else {
      const link = document.createElement("a");
      link.href = told.url;
      link.textContent = told.title;
      row.append(link, textOf([told.district, told.status].filter(Boolean).map((word) => ` · ${word}`).join("")));
    }
    return row;
  };

  const show = (found) => {
    const wanted = new Map(found.features.map((feature) => [keyOf(feature), feature]));
    const aside = asides(found.features);
    for (const [key, old] of shown) {
      if (wanted.has(key) && !aside.has(wanted.get(key))) continue;
      const hadFocus = old.getElement() === document.activeElement;
      old.remove();
      shown.delete(key);
      if (hadFocus) map.getContainer().focus({ preventScroll: true });
    }
    for (const [key, feature] of wanted) if (!shown.has(key)) shown.set(key, mark(feature, aside.get(feature)));
    list.replaceChildren(...found.features.map(rowFor));
    say(box, found.sentence);
  };

  const load = async (bounds) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const found = await asJson(address(bounds), asking.signal);
      if (!bounds && found.bbox) map.fitBounds([[found.bbox[1], found.bbox[0]], [found.bbox[3], found.bbox[2]]], { animate: false, maxZoom: 15, padding: [30, 30] });
      show(found);
      box.dataset.ready = "";
    } catch (error) {
      if (error.name !== "AbortError") say(box, box.dataset.trouble);
    }
  };

  card.querySelector("[data-close]").addEventListener("click", close);
  card.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  await load(all ? map.getBounds() : null);
  let soon;
  map.on("moveend", () => {
    clearTimeout(soon);
    soon = setTimeout(() => load(map.getBounds()), 120);
  });
};
