/**
 * Every pair: the list, the maps' cells by pointer and keyboard, and the dialog with a pair's own picture; an address that ends
 * in #pair-1-4 opens columns 1 and 4.
 */
export const PAIRS = `
  const data = JSON.parse(find("pair-data").textContent);
  const count = data.columns.length;
  const pairs = data.pairs.map(([first, second, error, change, written, ...packed]) => {
    const texts = written.map((text) => (typeof text === "number" ? data.words[text] : text));
    const columns = [data.columns[first], data.columns[second]];
    const name = columns[0].name + " × " + columns[1].name;
    return { first, second, columns, name, error, change, texts, packed };
  });
  const cells = new Map(pairs.map((pair) => [Math.min(pair.first, pair.second) * count + Math.max(pair.first, pair.second), pair]));
  const pairAt = (row, column) => (row > column && row < count ? cells.get(column * count + row) : undefined);
  const wordsOf = ({ name, texts }) =>
    name + ": score " + texts[0] + (texts[2] ? ", ceiling " + texts[2] : "") + "; " + texts[4] + " real " + texts[5] + ", synthetic " + texts[6];

  const PAGE = 25;
  let listed = pairs;
  let length = PAGE;
  const sizes = { error: (pair) => pair.error ?? -Infinity, change: (pair) => Math.abs(pair.change ?? 0) };
  const drawRow = (pair) => {
    const row = make("tr");
    const head = make("th");
    head.scope = "row";
    const button = make("button", undefined, "link");
    button.type = "button";
    button.append(make("bdi", pair.columns[0].name), " × ", make("bdi", pair.columns[1].name));
    button.addEventListener("click", () => openPair(pair));
    head.append(button);
    const texts = [pair.texts[0], pair.texts[2] || "—", pair.texts[4], pair.texts[5], pair.texts[6]];
    row.append(head, ...texts.map((text, i) => make("td", text, i === 2 ? "words" : "figures")));
    return row;
  };
  const updatePairs = () => {
    const words = find("pair-filter").value.trim().toLowerCase().split(/\\s+/);
    const order = find("pair-order").value;
    const sorted = [...pairs].sort((a, b) => (order === "name" ? a.name.localeCompare(b.name) : sizes[order](b) - sizes[order](a)) || 0);
    listed = sorted.filter((pair) => words.every((word) => pair.name.toLowerCase().includes(word)));
    find("pair-list").tBodies[0].replaceChildren(...listed.slice(0, length).map(drawRow));
    find("pair-count").textContent = listed.length + " of " + pairs.length + " pairs";
    find("more-pairs").hidden = listed.length <= length;
  };
  for (const id of ["pair-filter", "pair-order"])
    find(id).addEventListener("input", () => {
      length = PAGE;
      updatePairs();
    });
  find("more-pairs").addEventListener("click", () => {
    length += 4 * PAGE;
    updatePairs();
  });
  updatePairs();

  const dialog = find("pair-dialog");
  let current;
  const fact = (name, value) => {
    const part = make("div");
    part.append(make("dt", name), make("dd", value));
    return part;
  };
  const facts = ({ texts }) => {
    const [score, interval, ceiling, rows, measure, real, synthetic, rankReal, rankSynthetic, note, metric] = texts;
    const known = [
      ["Score (" + metric + ")", score],
      ["95 % interval", interval],
      ["Ceiling", ceiling],
      ["Rows", rows],
      [measure.charAt(0).toUpperCase() + measure.slice(1), real + " → " + synthetic],
      ["Spearman’s rank correlation", rankReal && rankReal + " → " + rankSynthetic],
      ["Note", note],
    ];
    const frame = make("dl", undefined, "facts");
    frame.append(...known.filter(([, value]) => value).map(([name, value]) => fact(name, value)));
    return frame;
  };
  const showPair = (pair) => {
    current = pair;
    const [first, second] = pair.columns;
    find("pair-title").replaceChildren(make("bdi", first.name), " × ", make("bdi", second.name));
    const picture = pair.packed.length === 2 ? drawPicture(pair.columns, pair.packed) : [make("p", "No picture of this pair was kept: the pairs that differ most have one.", "no-chart")];
    find("pair-body").replaceChildren(facts(pair), ...picture);
    const place = listed.indexOf(pair);
    find("pair-previous").disabled = place <= 0;
    find("pair-next").disabled = place < 0 || place === listed.length - 1;
  };
  const openPair = (pair) => {
    showPair(pair);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  };
  const turnPair = (step) => {
    const next = listed[listed.indexOf(current) + step];
    if (next && listed.includes(current)) showPair(next);
  };
  find("pair-close").addEventListener("click", () => dialog.close());
  find("pair-previous").addEventListener("click", () => turnPair(-1));
  find("pair-next").addEventListener("click", () => turnPair(1));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) turnPair(step);
  });

  const cellOf = (map, event) => {
    const { x, y } = placeIn(map, event);
    const pitch = Number(map.dataset.pitch);
    return { row: Math.floor(y / pitch), column: Math.floor(x / pitch) };
  };
  const markCell = (map, { row, column }) => {
    const pitch = Number(map.dataset.pitch);
    return makeRect(map, "cursor", column * pitch, row * pitch, pitch - 1, pitch - 1);
  };
  mapText = (map, event) => {
    const cell = cellOf(map, event);
    const pair = pairAt(cell.row, cell.column);
    if (!pair) return undefined;
    marked = markCell(map, cell);
    return wordsOf(pair);
  };
  const status = make("output", undefined, "visually-hidden");
  status.id = "map-status";
  find("pairs").append(status);
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  for (const frame of document.querySelectorAll(".map-frame")) {
    const map = frame.firstElementChild;
    const at = { row: 1, column: 0 };
    let cursor;
    const show = () => {
      cursor?.remove();
      cursor = markCell(map, at);
      const pair = pairAt(at.row, at.column);
      status.textContent = pair ? wordsOf(pair) : "";
      const box = cursor.getBoundingClientRect();
      if (pair) showAt(wordsOf(pair), box.right - 12, box.bottom - 14);
    };
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", frame.getAttribute("aria-label") + ". Arrow keys go from cell to cell, Enter opens the pair.");
    frame.addEventListener("focus", () => frame.matches(":focus-visible") && show());
    frame.addEventListener("blur", () => {
      cursor?.remove();
      restore();
    });
    frame.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      const pair = pairAt(at.row, at.column);
      if ((event.key === "Enter" || event.key === " ") && pair) openPair(pair);
      else if (move && pairAt(at.row + move[0], at.column + move[1])) {
        at.row += move[0];
        at.column += move[1];
        show();
      } else if (!move) return;
      event.preventDefault();
    });
    map.addEventListener("click", (event) => {
      const cell = cellOf(map, event);
      const pair = pairAt(cell.row, cell.column);
      if (!pair) return;
      Object.assign(at, cell);
      restore();
      openPair(pair);
    });
  }

  const followPair = () => {
    const places = /^#pair-(\\d+)-(\\d+)$/.exec(location.hash);
    if (!places) return;
    const [a, b] = places.slice(1).map((place) => Number(place) - 1);
    const pair = pairAt(Math.max(a, b), Math.min(a, b));
    if (pair) openPair(pair);
  };
  addEventListener("hashchange", followPair);
  followPair();
`;
