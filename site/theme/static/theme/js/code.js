// The QR code on a card carries the voting code behind "#", which no server sees: it goes into the field and out of the address.
const code = document.querySelector("[data-code-field] .mw-code-input");
if (code && location.hash.length > 1) {
  const found = decodeURIComponent(location.hash.slice(1)).replace(/[^0-9A-Za-z-]/g, "").slice(0, 30);
  if (/^[0-9A-Za-z-]{12,}$/.test(found)) {
    if (!code.value) code.value = found;
    history.replaceState(null, "", location.pathname + location.search);
  }
}
