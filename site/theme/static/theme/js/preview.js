// Chosen pictures are shown before they are sent; nothing leaves the device for it.
for (const field of document.querySelectorAll("input[type='file'][data-preview]")) {
  const place = document.getElementById(field.dataset.preview);
  if (!place) continue;
  let addresses = [];
  field.addEventListener("change", () => {
    addresses.forEach((address) => URL.revokeObjectURL(address));
    const pictures = [...field.files].filter((file) => file.type.startsWith("image/")).slice(0, 5);
    const figures = pictures.map((file) => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      const caption = document.createElement("figcaption");
      image.src = URL.createObjectURL(file);
      image.alt = "";
      caption.textContent = `${file.name} (${(file.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB)`;
      figure.append(image, caption);
      return figure;
    });
    addresses = figures.map((figure) => figure.firstChild.src);
    place.replaceChildren(...figures);
    place.hidden = figures.length === 0;
  });
}
