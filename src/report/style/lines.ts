/** Charts of several lines, and the marks at steps. The colours are those of the marks (style/evidence.ts). */
export const LINES_STYLE = `
.line-chart path.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
.line-chart path.line.reference,.legend path.line.reference{fill:none;stroke-width:1.8;stroke-dasharray:5 4}
.line-chart g path{stroke-width:0}
.line-chart .line-mark path{fill:none;stroke:var(--muted);stroke-width:1.3;stroke-dasharray:2 3}
.line-chart .line-mark.kept path{stroke:var(--good);stroke-dasharray:none}
.line-chart .line-mark.kept text{fill:var(--good)}
.line-chart .line-mark.finding path{stroke:var(--bad)}
.line-chart .line-mark.finding text{fill:var(--bad);font-weight:600}
`;
