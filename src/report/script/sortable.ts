/** Tables of the class "sortable": a heading becomes a button that orders the rows by its column; what has no value stands last. */
export const SORTABLE = `
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    heads.forEach((head, at) => {
      const by = (row) => row.cells[at].dataset.by;
      if (!rows.some((row) => by(row) !== undefined)) return;
      const button = make("button", undefined, "sort");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const compare = (a, b) => (isNaN(by(a)) || isNaN(by(b)) ? by(a).localeCompare(by(b)) : by(a) - by(b));
      button.addEventListener("click", () => {
        const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
        const known = rows.filter((row) => by(row) !== undefined).sort((a, b) => way * compare(a, b));
        table.tBodies[0].append(...known, ...rows.filter((row) => by(row) === undefined));
      });
    });
  }
`;
