import { COLUMNS } from "./script/columns.js";
import { PAIRS } from "./script/pairs.js";
import { PICTURE } from "./script/picture.js";
import { SCRIPT_BASICS } from "./script-basics.js";

/**
 * What the page can do beyond being read: filter, order and open columns, choose pairs, switch the theme, show tooltips at
 * once. Everything else works without it. It only ever writes text, never markup.
 */
export const SCRIPT = `"use strict";
(() => {${SCRIPT_BASICS}${COLUMNS}  if (find("pair-data")) {${PICTURE}${PAIRS}  }
})();
`;
