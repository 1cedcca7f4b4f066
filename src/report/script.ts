/**
 * What the page can do beyond being read: filter and order the columns, switch the theme, show tooltips at once instead of
 * after the browser's delay. Everything else works without it. It only ever writes text, never markup.
 */
export const SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const find = (id) => document.getElementById(id);

  find("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const frame = find("column-cards");
  const cards = [...frame.children];
  const place = (card) => Number(card.dataset.index);
  const orders = {
    score: (a, b) => cards.indexOf(a) - cards.indexOf(b),
    table: (a, b) => place(a) - place(b),
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name) || place(a) - place(b),
  };
  const update = () => {
    const words = find("column-filter").value.trim().toLowerCase();
    const type = find("column-type").value;
    let shown = 0;
    for (const card of cards) {
      card.hidden = !card.dataset.name.toLowerCase().includes(words) || (type !== "" && card.dataset.type !== type);
      if (!card.hidden) shown++;
    }
    frame.append(...[...cards].sort(orders[find("column-order").value]));
    find("column-count").textContent = shown + " of " + cards.length + " columns";
    find("no-columns").hidden = shown > 0;
  };
  for (const id of ["column-filter", "column-type", "column-order"]) find(id).addEventListener("input", update);
  document.querySelector("form.controls").addEventListener("submit", (event) => event.preventDefault());

  const box = document.createElement("div");
  box.id = "tooltip";
  box.hidden = true;
  document.body.append(box);
  let muted;
  const restore = () => {
    box.hidden = true;
    if (muted) muted.parent.append(muted.title);
    muted = undefined;
  };
  document.addEventListener("pointerover", (event) => {
    restore();
    let mark = event.target;
    while (mark instanceof SVGElement && mark.localName !== "svg") {
      const title = [...mark.children].find((child) => child.localName === "title");
      if (title) {
        muted = { parent: mark, title };
        box.textContent = title.textContent;
        title.remove();
        box.hidden = false;
        return;
      }
      mark = mark.parentNode;
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (box.hidden) return;
    const { width, height } = box.getBoundingClientRect();
    const below = event.clientY + 18 + height < innerHeight;
    box.style.left = Math.max(8, Math.min(event.clientX + 12, innerWidth - width - 8)) + "px";
    box.style.top = (below ? event.clientY + 18 : event.clientY - height - 12) + "px";
  });
  document.addEventListener("pointerleave", restore);
  addEventListener("beforeprint", restore);
})();
`;
