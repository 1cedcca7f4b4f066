/** Tooltips at once instead of after the browser's delay: of marks with a title, of charts over a card's table, of maps' cells. */
export const TOOLTIP = `
  const box = make("div");
  box.id = "tooltip";
  box.hidden = true;
  document.body.append(box);
  let muted;
  let marked;
  let mapText = () => undefined;
  const showAt = (text, x, y) => {
    box.textContent = text;
    box.hidden = false;
    const { width, height } = box.getBoundingClientRect();
    box.style.left = Math.max(8, Math.min(x + 12, innerWidth - width - 8)) + "px";
    box.style.top = (y + 18 + height < innerHeight ? y + 18 : y - height - 12) + "px";
  };
  const restore = () => {
    box.hidden = true;
    if (muted) muted.parent.append(muted.title);
    if (marked) marked.remove();
    muted = marked = undefined;
  };
  /** The row of the card's table of shares that the pointer is over. */
  const shareText = (chart, event) => {
    const at = placeIn(chart, event)[chart.dataset.axis];
    const cuts = chart.dataset.cuts.split(" ").map(Number);
    const bin = cuts.findIndex((cut) => at < cut) - 1;
    const table = chart.closest(".card").querySelector(".shares table");
    const row = table.tBodies[0].rows[bin];
    if (!row) return undefined;
    const { width, height } = chart.viewBox.baseVal;
    const [from, size] = [cuts[bin], cuts[bin + 1] - cuts[bin]];
    marked = chart.dataset.axis === "x" ? makeRect(chart, "hit", from, 0, size, height) : makeRect(chart, "hit", 0, from, width, size);
    const shares = [...table.tHead.rows[0].cells].slice(1).map((head, i) => head.textContent.toLowerCase() + " " + row.cells[i + 1].textContent);
    return row.cells[0].textContent + ": " + shares.join(", ");
  };
  const titleText = (target) => {
    for (let mark = target; mark instanceof SVGElement && mark.localName !== "svg"; mark = mark.parentNode) {
      const title = [...mark.children].find((child) => child.localName === "title");
      if (!title) continue;
      muted = { parent: mark, title };
      title.remove();
      return title.textContent;
    }
    return undefined;
  };
  document.addEventListener("pointermove", (event) => {
    restore();
    const chart = event.target instanceof Element && event.target.closest("svg.chart");
    if (!chart) return;
    const text = chart.dataset.pitch ? mapText(chart, event) : chart.dataset.cuts ? shareText(chart, event) : titleText(event.target);
    if (text !== undefined) showAt(text, event.clientX, event.clientY);
  });
  document.addEventListener("pointerleave", restore);
  addEventListener("beforeprint", restore);
`;
