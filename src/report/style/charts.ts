import { paletteRules } from "../charts/diverging-palette.js";

/** The marks of the drawings. Series differ in shape as well as in colour: area, line, dashes. */
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
.risk-plot .mark{stroke-width:1.5;stroke-dasharray:4 3}
.maps{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr))}
.maps.medium{grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr))}
.maps.large{grid-template-columns:minmax(0,1fr)}
.map{margin:0;padding:1.25rem 1.35rem;min-width:0}
.map figcaption{margin-bottom:.9rem}
.map figcaption span{color:var(--muted);font-size:.86rem}
.map .size-medium{min-width:440px}
.map .size-large{min-width:760px;max-width:1000px;margin:0 auto}
.heat-map text{fill:var(--ink);unicode-bidi:isolate}
.heat-map rect:hover{stroke:var(--ink);stroke-width:1.5}
.scale{display:flex;align-items:center;gap:.5rem;color:var(--muted);margin-top:.9rem;font-size:12px}
.scale svg{width:168px;height:10px;border-radius:3px;overflow:hidden}
.na{fill:var(--ground);stroke:var(--line);stroke-dasharray:2 2}
${paletteRules()}
@media (forced-colors:active){.chart *{forced-color-adjust:none}}
`;
