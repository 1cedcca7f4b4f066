/** What every part of the script uses. Elements are made, never parsed: text from data can only become text. */
export const COMMON = `
  const root = document.documentElement;
  root.classList.add("js");
  const find = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className !== undefined) element.className = className;
    return element;
  };
  const SVG = "http://www.w3.org/2000/svg";
  const makeRect = (svg, className, x, y, width, height) => {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", className);
    for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
    svg.append(rect);
    return rect;
  };
  /** Where the pointer is, in units of the drawing. */
  const placeIn = (svg, event) => {
    const box = svg.getBoundingClientRect();
    const { width, height } = svg.viewBox.baseVal;
    return { x: ((event.clientX - box.left) / box.width) * width, y: ((event.clientY - box.top) / box.height) * height };
  };
  for (const form of document.querySelectorAll("form.controls")) form.addEventListener("submit", (event) => event.preventDefault());
`;
