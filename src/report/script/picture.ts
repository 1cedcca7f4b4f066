import { PACK_ALPHABET } from "../sections/pair-data.js";

/** A pair's picture out of the packed shares: the same tables as sections/pair-picture.ts draws. */
export const PICTURE = `
  const ALPHABET = ${JSON.stringify(PACK_ALPHABET)};
  const unpackShares = (text) => {
    const shares = [];
    const base = ALPHABET.length;
    let beyond = 0;
    for (let i = 0; i < text.length; i++) {
      if (text[i] === "-") shares.push(null);
      else if (text[i] === "~") beyond += base * base;
      else {
        shares.push((beyond + ALPHABET.indexOf(text[i]) * base + ALPHABET.indexOf(text[++i])) / 1e4);
        beyond = 0;
      }
    }
    return shares;
  };
  const shade = (value, limit) => {
    const level = Math.round(Math.max(-1, Math.min(1, value / limit)) * 10);
    return level === 0 ? "z0" : (level < 0 ? "n" : "p") + Math.abs(level);
  };
  const briefShare = (share) => (share === 0 ? "0" : (share * 100).toFixed(share >= 0.0995 ? 0 : 1));
  const briefChange = (change) => {
    const text = Math.abs(change * 100).toFixed(Math.abs(change) >= 0.0995 ? 0 : 1);
    return Number(text) === 0 ? "0" : (change < 0 ? "−" : "") + text.replace(/^0/, "");
  };
  const headOf = (scope, name) => {
    const head = make("th");
    head.scope = scope;
    head.append(make("span"));
    head.firstChild.append(make("bdi", name));
    return head;
  };
  const drawGrid = (heading, [first, second], values, cellOf) => {
    const table = make("table", undefined, "density");
    table.createCaption().textContent = heading;
    const head = table.createTHead().insertRow();
    head.append(make("td"), ...second.groups.map((name) => headOf("col", name)));
    const body = table.createTBody();
    first.groups.forEach((name, i) => {
      const width = second.groups.length;
      body.insertRow().append(headOf("row", name), ...values.slice(i * width, (i + 1) * width).map(cellOf));
    });
    return table;
  };
  const drawPicture = (columns, packed) => {
    const real = unpackShares(packed[0]);
    const synthetic = unpackShares(packed[1]);
    const changes = synthetic.map((share, i) => (real[i] === null ? null : share - real[i]));
    const limit = Math.sqrt(Math.max(...real, ...synthetic, 1e-4));
    const most = Math.max(...changes.map((change) => Math.abs(change)), 0.005);
    const few = () => make("td", "<5", "few");
    const share = (value) => (value === null ? few() : make("td", briefShare(value), shade(Math.sqrt(value), limit)));
    const change = (value) => (value === null ? few() : make("td", briefChange(value), shade(value, most)));
    const grids = make("div", undefined, "grids");
    grids.append(
      drawGrid("Real", columns, real, share),
      drawGrid("Synthetic", columns, synthetic, share),
      drawGrid("Difference", columns, changes, change),
    );
    const axes = make("p", undefined, "fine axes");
    axes.append("Down: ", make("bdi", columns[0].name), ". Across: ", make("bdi", columns[1].name), ".");
    return [axes, grids];
  };
`;
