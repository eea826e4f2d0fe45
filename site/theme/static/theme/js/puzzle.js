// A form with a puzzle (ALTCHA, PBKDF2): the browser tries numbers until the key fits, from the first touch on.
// Without WebCrypto or script the form goes out as it is; the server then lets fewer through.
const puzzled = document.querySelector("form[data-puzzle]");
if (puzzled && window.crypto?.subtle) {
  const puzzle = JSON.parse(puzzled.dataset.puzzle);
  const field = puzzled.elements.namedItem("solution");
  const words = puzzled.querySelector("[data-puzzle-words]");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (one) => one.toString(16).padStart(2, "0")).join("");
  const solve = async () => {
    const { nonce, salt, cost, keyLength, keyPrefix } = puzzle.parameters;
    const start = bytes(nonce);
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    const view = new DataView(password.buffer);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
    for (let counter = 0; counter < 100000; counter += 1) {
      view.setUint32(start.length, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const derived = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
      if (derived.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge: puzzle, solution: { counter, derivedKey: derived } }));
    }
    return "";
  };
  let work = null;
  const begin = () => {
    work ??= solve()
      .catch(() => "")
      .then((found) => {
        field.value = found;
        puzzled.dataset.solved = "yes";
      });
    return work;
  };
  puzzled.addEventListener("focusin", begin, { once: true });
  puzzled.addEventListener("submit", (event) => {
    if (puzzled.dataset.solved) return;
    event.preventDefault();
    words.textContent = words.dataset.puzzleWords;
    begin().then(() => puzzled.requestSubmit());
  });
}
