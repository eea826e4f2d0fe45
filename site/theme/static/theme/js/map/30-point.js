// Choosing a point: the cross in the middle and a button, a click, or where the device is – only when somebody asks for that.
const inRing = (ring, lng, lat) => {
  let inside = false;
  for (let here = 0, last = ring.length - 1; here < ring.length; last = here++) {
    const [x1, y1] = ring[here];
    const [x2, y2] = ring[last];
    if ((y1 > lat) !== (y2 > lat) && lng < x1 + (lat - y1) / (y2 - y1) * (x2 - x1)) inside = !inside;
  }
  return inside;
};
const inShape = (shape, lng, lat) => (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates)
  .some(([outer, ...holes]) => inRing(outer, lng, lat) && !holes.some((hole) => inRing(hole, lng, lat)));
// The server, which judges in the end, takes what lies within 60 metres.
const NEAR = [[0, 0], [0.0006, 0], [-0.0006, 0], [0, 0.0004], [0, -0.0004]];
const partAt = (town, { lng, lat }) => {
  for (const [aside, up] of NEAR) {
    const found = town.features.find((part) => inShape(part.geometry, lng + aside, lat + up));
    if (found) return found;
  }
  return null;
};

const pointMap = async (box) => {
  const { L, map, town } = await makeMap(box);
  const form = box.closest("form");
  const [lat, lng, district] = ["lat", "lng", "district"].map((name) => form.elements.namedItem(name));
  const follows = box.closest("[data-place]")?.querySelector("[data-follows]");
  const clear = box.querySelector("[data-clear]");
  let point;

  const typed = () => {
    const [up, across] = [lat, lng].map((field) => /^\s*-?\d{1,3}([.,]\d+)?\s*$/.test(field.value) ? parseFloat(field.value.replace(",", ".")) : NaN);
    return Number.isFinite(up) && Number.isFinite(across) && Math.abs(up) <= 85 ? L.latLng(up, across) : null;
  };

  const draw = (place, move) => {
    point?.remove();
    point = place && L.marker(place, { keyboard: false, interactive: false, icon: L.divIcon({ className: "mw-map__pin mw-map__pin--own", html: "", iconSize: [28, 28] }) }).addTo(map);
    clear.hidden = !place;
    if (place && move) map.setView(place, Math.max(map.getZoom(), 15), { animate: !still });
  };

  const tell = (field) => { for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true })); };

  const take = (place) => {
    const part = partAt(town, place);
    if (town.features.length && !part) return say(box, box.dataset.outside);
    lat.value = place.lat.toFixed(6).replace(".", ",");
    lng.value = place.lng.toFixed(6).replace(".", ",");
    draw(place, false);
    const free = district && (!district.value || district.dataset.follows === district.value);
    if (part && free && [...district.options].some((option) => option.value === part.id)) {
      district.value = part.id;
      district.dataset.follows = part.id;
      if (follows) follows.hidden = false;
      tell(district);
    }
    tell(lat);
    tell(lng);
    say(box, part ? `${box.dataset.takenIn} ${part.properties.name}.` : box.dataset.taken);
  };

  draw(typed(), true);
  for (const field of [lat, lng]) field.addEventListener("change", (event) => { if (event.isTrusted) draw(typed(), true); });
  map.on("click", (event) => { if (event.latlng) take(event.latlng); });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    event.stopPropagation();
    take(map.getCenter());
  });
  box.querySelector("[data-take]").addEventListener("click", () => take(map.getCenter()));
  clear.addEventListener("click", () => {
    lat.value = lng.value = "";
    draw(null);
    tell(lat);
    tell(lng);
    say(box, box.dataset.cleared);
    box.querySelector("[data-take]").focus();
  });
  const locate = box.querySelector("[data-locate]");
  locate.hidden = !navigator.geolocation;
  locate.addEventListener("click", () => {
    say(box, box.dataset.searching);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const place = L.latLng(coords.latitude, coords.longitude);
      if (!town.features.length || partAt(town, place)) map.setView(place, 17, { animate: !still });
      take(place);
    }, () => say(box, box.dataset.nowhere), { timeout: 15_000, maximumAge: 60_000 });
  });
  box.dataset.ready = "";
};
