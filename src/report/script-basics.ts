import { COMMON } from "./script/common.js";
import { FRAME } from "./script/frame.js";
import { SORTABLE } from "./script/sortable.js";
import { TOOLTIP } from "./script/tooltip.js";

/**
 * What every page can do beyond being read, to stand within a function: the theme switch, details open in print, tables
 * that can be ordered, tooltips at once instead of after the browser's delay. It only ever writes text, never markup.
 */
export const SCRIPT_BASICS = COMMON + FRAME + SORTABLE + TOOLTIP;
