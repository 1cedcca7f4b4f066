/**
 * What every page can do beyond being read, to stand within a function: `root` and `find(id)`, the theme switch, tooltips at
 * once instead of after the browser's delay. It only ever writes text, never markup.
 */
export const SCRIPT_BASICS = `  const root = document.documentElement;
  root.classList.add("js");
  const find = (id) => document.getElementById(id);

  find("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

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
`;
