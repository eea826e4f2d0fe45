// The small map of one idea.
const hereMap = async (box) => {
  const { L, map } = await makeMap(box);
  const place = [parseFloat(box.dataset.lat), parseFloat(box.dataset.lng)];
  L.marker(place, { keyboard: false, interactive: false, icon: L.divIcon({ className: "mw-map__pin mw-map__pin--own", html: "", iconSize: [28, 28] }) }).addTo(map);
  map.setView(place, Math.max(map.getZoom() + 1, 12), { animate: false });
  box.dataset.ready = "";
};

const KINDS = { ideas: ideasMap, point: pointMap, here: hereMap };
for (const box of document.querySelectorAll("[data-map]")) whenSeen(box, () => KINDS[box.dataset.map](box));
