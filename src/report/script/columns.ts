/** The list of columns and their cards: filter, order, links to a card, leafing from card to card. */
export const COLUMNS = `
  const frame = find("column-cards");
  const cards = [...frame.children];
  const list = find("column-list");
  const rows = new Map([...list.tBodies[0].rows].map((row) => [row.dataset.index, row]));
  const key = (card, name) => (card.dataset[name] === "" ? -Infinity : Number(card.dataset[name]));
  const byPlace = (a, b) => key(a, "index") - key(b, "index");
  const orders = {
    error: (a, b) => key(b, "error") - key(a, "error"),
    table: byPlace,
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
    type: (a, b) => a.dataset.type.localeCompare(b.dataset.type),
    missing: (a, b) => key(b, "missing") - key(a, "missing"),
  };
  let reversed = false;
  const shownCards = () => [...frame.children].filter((card) => !card.hidden);
  const update = () => {
    const words = find("column-filter").value.trim().toLowerCase();
    const type = find("column-type").value;
    const order = find("column-order").value;
    const sorted = [...cards].sort((a, b) => (reversed ? -1 : 1) * orders[order](a, b) || byPlace(a, b));
    for (const card of sorted) {
      card.hidden = !card.dataset.name.toLowerCase().includes(words) || (type !== "" && card.dataset.type !== type);
      rows.get(card.dataset.index).hidden = card.hidden;
    }
    frame.append(...sorted);
    list.tBodies[0].append(...sorted.map((card) => rows.get(card.dataset.index)));
    for (const head of list.tHead.rows[0].cells) {
      const falls = (head.dataset.order === "error" || head.dataset.order === "missing") !== reversed;
      if (head.dataset.order === order) head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const shown = shownCards().length;
    find("column-count").textContent = shown + " of " + cards.length + " columns";
    find("no-columns").hidden = shown > 0;
  };
  for (const id of ["column-filter", "column-type"]) find(id).addEventListener("input", update);
  find("column-order").addEventListener("input", () => {
    reversed = false;
    update();
  });
  for (const head of list.tHead.rows[0].cells) {
    if (head.dataset.order === "") continue;
    const button = make("button", head.textContent, "sort");
    button.type = "button";
    button.addEventListener("click", () => {
      const select = find("column-order");
      reversed = select.value === head.dataset.order && !reversed;
      select.value = head.dataset.order;
      update();
    });
    head.replaceChildren(button);
  }
  update();

  const detailsOf = (card) => card.querySelector(".more-of");
  const openCard = (card) => {
    if (card.hidden) {
      find("column-filter").value = "";
      find("column-type").value = "";
      update();
    }
    detailsOf(card).open = true;
    card.scrollIntoView();
    detailsOf(card).firstElementChild.focus({ preventScroll: true });
  };
  const followLink = () => {
    const card = /^#column-\\d+$/.test(location.hash) && find(location.hash.slice(1));
    if (card) openCard(card);
  };
  addEventListener("hashchange", followLink);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash === location.hash) followLink();
  });

  /** Closes a card and opens its neighbour, as pages are turned. */
  const turn = (card, step) => {
    const shown = shownCards();
    const next = shown[shown.indexOf(card) + step];
    if (!next) return;
    detailsOf(card).open = false;
    openCard(next);
  };
  const turner = make("p", undefined, "turn");
  for (const [step, text] of [[-1, "‹ Previous column"], [1, "Next column ›"]]) {
    const button = make("button", text, "wide");
    button.type = "button";
    button.addEventListener("click", () => turn(turner.closest(".card"), step));
    turner.append(button);
  }
  frame.addEventListener("toggle", (event) => {
    if (event.target.matches(".more-of") && event.target.open) event.target.append(turner);
  }, true);
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const details = event.target.closest(".more-of");
    if (!step || !details || !details.open || event.target.matches(".scroll")) return;
    event.preventDefault();
    turn(details.closest(".card"), step);
  });
  // Not before the browser itself has gone to the address: that takes the focus away.
  addEventListener("load", followLink);
`;
