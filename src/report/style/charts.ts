import { paletteRules } from "../charts/diverging-palette.js";
import { PRINT_STYLE } from "./print.js";

/** The marks of the drawings. Series differ in shape as well as in colour: area, line, dashes. The rules for paper come last. */
export const CHARTS_STYLE = `
.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text,.scale{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;fill:var(--muted)}
.chart text.name{fill:var(--ink);unicode-bidi:isolate}
.axis{fill:none;stroke:var(--real-edge);stroke-width:1}
.grid{fill:none;stroke:var(--line);stroke-width:1}
.real-area{fill:var(--real);stroke:var(--real-edge);stroke-width:1}
.real-bar{fill:var(--real)}
.synthetic-bar{fill:var(--synthetic)}
.baseline-bar{fill:none;stroke:var(--real-edge);stroke-dasharray:3 2}
.synthetic-line{fill:none;stroke:var(--synthetic);stroke-width:2;stroke-linejoin:round}
.holdout-line{fill:none;stroke:var(--holdout);stroke-width:1.5;stroke-dasharray:4 3;stroke-linejoin:round}
.reference-line{fill:none;stroke:var(--real-edge);stroke-width:2;stroke-dasharray:.1 4;stroke-linecap:round}
.holdout-tick{stroke:var(--holdout);stroke-width:2}
.whisker{fill:none;stroke:var(--ink);stroke-width:1.5}
.hit{fill:transparent}
.hit:hover{fill:light-dark(rgb(20 29 43/.06),rgb(230 235 242/.08))}
.axis-cut{stroke:var(--surface);stroke-width:3}
.score-bars text.figures,.categories text.figures{fill:var(--ink)}
.score .interval-axis{max-width:420px}
.track{stroke:var(--line);stroke-width:3;stroke-linecap:round}
.interval{stroke:var(--synthetic);stroke-width:5;stroke-linecap:round;opacity:.38}
.dot{fill:var(--synthetic);stroke:var(--surface);stroke-width:1.5}
.mark{fill:none;stroke:var(--holdout);stroke-width:2}
.chart text.mark-label{fill:var(--holdout)}
.alarming .dot{fill:var(--bad)}
.alarming .interval{stroke:var(--bad)}
.point{fill:transparent}
.point:hover{fill:var(--synthetic)}
.real-line{fill:none;stroke:var(--real-edge);stroke-width:4;stroke-linejoin:round;opacity:.75}
.gap{fill:none;stroke:var(--ink);stroke-width:1.5}
.chart text.gap-text{fill:var(--ink)}
.missing-bars text.figures{fill:var(--ink)}
.error-bar{width:120px;height:14px}
.error-bar .mark{stroke-width:2.5}
.maps{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr))}
.maps.large{grid-template-columns:minmax(0,1fr)}
.map{margin:0;padding:1.25rem 1.35rem;min-width:0}
.map figcaption{margin-bottom:.9rem}
.map figcaption span{color:var(--muted);font-size:.86rem}
.map-frame .chart{max-width:34rem;margin:0 auto}
.map-frame.small .chart{min-width:400px}
.map-frame.medium .chart{min-width:480px}
.map-frame.large .chart{min-width:760px;max-width:1000px}
.js .map-frame{cursor:pointer}
.heat-map path:not(.na){fill:var(--c)}
.heat-map .rounded,.heat-map .round{stroke:var(--c);stroke-linejoin:round;stroke-linecap:round}
.heat-map text{fill:var(--ink);unicode-bidi:isolate;pointer-events:none}
.heat-map text.on{fill:var(--on,var(--muted));font-size:10px;text-anchor:middle}
.heat-map .cursor{fill:none;stroke:var(--ink);stroke-width:2;pointer-events:none}
.scale{display:flex;align-items:center;justify-content:center;gap:.5rem;color:var(--muted);margin-top:.9rem;font-size:12px}
.scale span{white-space:nowrap}
.scale svg{width:168px;min-width:60px;height:10px;border-radius:3px;overflow:hidden;flex:0 1 auto}
.scale rect{fill:var(--c)}
.grids{display:grid;gap:1rem 1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,290px),1fr))}
.density{table-layout:fixed;border-spacing:1px;border-collapse:separate;font-size:.72rem;line-height:1.1;width:100%;max-width:30rem}
.density caption{text-align:left;font-size:.92rem;font-weight:620}
.axes{margin:0 0 .6rem}
.density td,.density th{overflow-wrap:normal;white-space:nowrap;padding:0;border:0;height:1.55rem;vertical-align:middle;overflow:hidden}
.density td{text-align:center;overflow:visible;font-size:.68rem;letter-spacing:-.03em;background:var(--c);color:var(--on);border-radius:2px}
.density thead td{background:none;width:6.2rem}
.worst .density td{font-size:.66rem}
.density th{color:var(--muted);font-weight:450;font-size:.72rem}
.density th span{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.density tbody th{text-align:right;padding-right:.4rem;min-width:0}
.density thead th{height:5.2rem;vertical-align:bottom}
.density thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:5rem;margin:0 auto}
.density td.few{background:repeating-linear-gradient(135deg,transparent 0 3px,var(--line) 3px 4.5px);color:var(--muted)}
.na{fill:var(--ground);stroke:var(--line);stroke-dasharray:2 2}
${paletteRules()}
@media (max-width:560px){.density td{font-size:.54rem}.density thead td{width:4.6rem}.density th{font-size:.64rem}}
@media (forced-colors:active){.chart *{forced-color-adjust:none}}
${PRINT_STYLE}
`;
