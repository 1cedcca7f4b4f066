/** Tables that can be ordered; detection and usefulness; the marks of several series, told apart by shape and by colours after Wong 2011. */
export const EVIDENCE_STYLE = `
th[aria-sort]{color:var(--ink)}
.sortable td{text-align:right;white-space:nowrap}
.sortable td.words{text-align:left;white-space:normal}
.fact{display:contents}
.scroll{position:relative}
.mark-0{fill:light-dark(#1d4fa8,#7db0ff);stroke:light-dark(#1d4fa8,#7db0ff)}
.mark-1{fill:light-dark(#b45309,#fbb165);stroke:light-dark(#b45309,#fbb165)}
.mark-2{fill:light-dark(#00734f,#4fd1a1);stroke:light-dark(#00734f,#4fd1a1)}
.mark-3{fill:light-dark(#9c2f73,#f0a3d0);stroke:light-dark(#9c2f73,#f0a3d0)}
.mark-4{fill:light-dark(#5b5f66,#b9c2cf);stroke:light-dark(#5b5f66,#b9c2cf)}
.mark-5{fill:light-dark(#6b4fd8,#b9a6ff);stroke:light-dark(#6b4fd8,#b9a6ff)}
.dot-strip{width:220px;max-width:none}
.dot-strip .mark-0,.dot-strip .mark-1,.dot-strip .mark-2,.dot-strip .mark-3,.dot-strip .mark-4,.dot-strip .mark-5{stroke-width:0}
.dot-strip .lane{stroke:var(--line);stroke-width:1;fill:none}
.dot-strip .lane-interval{stroke-width:3.5;stroke-linecap:round;fill:none;opacity:.4}
.dot-strip .mark{stroke-width:1.5;stroke-dasharray:3 2}
.legend .strip-mark,.strip-mark{width:.9rem;height:.9rem;flex:none;vertical-align:-.1em;margin-right:.35rem;stroke-width:0}
.nothing{fill:none;stroke:var(--muted);stroke-width:1.2;stroke-dasharray:4 3}
.paired-bars text.figures{fill:var(--ink)}
.real-point{fill:var(--real);stroke:var(--real-edge);stroke-width:1.5}
.method{max-width:52rem;margin:0 0 1rem;padding-left:1.1rem}
.method li+li{margin-top:.3rem}
#glossary h3{margin:2rem 0 .8rem}
.further{margin-top:2rem}
.calibration{max-width:24rem;margin:0 auto}
.patterns{padding-left:1.4rem;margin:.8rem 0 0;display:grid;gap:.9rem}
.patterns li::marker{color:var(--muted)}
.share-bars{width:min(100%,320px);margin-top:.35rem}
#detection>.panel{margin-bottom:1rem}
#usefulness .panel{margin-bottom:1rem}
#usefulness .pair .panel{margin-bottom:0}
.answer .where{margin-top:.6rem}
.answers .level{font-size:1.15rem;margin-top:.4rem}
.answer h3{font-size:1.12rem}
.answer .evidence{font-size:1.02rem}
.answer.good{background:var(--good-ground);border-color:transparent}
.answer.caution{background:var(--caution-ground);border-color:transparent}
.answer.bad{background:var(--bad-ground);border-color:transparent}
.outcome{white-space:nowrap}
.outcome::before{display:inline-block;width:1.15em;font-weight:700}
.outcome.good::before{content:"✓";content:"✓"/""}
.outcome.caution::before{content:"!";content:"!"/""}
.outcome.bad::before{content:"✕";content:"✕"/""}
.outcome.unknown::before{content:"–";content:"–"/""}
.risk-plot .mark{stroke:var(--bad);stroke-width:2}
.limit{fill:none;stroke:var(--bad);stroke-width:2;stroke-dasharray:4 3}
.outcome.good{color:var(--good)}.outcome.caution{color:var(--caution)}.outcome.bad{color:var(--bad)}.outcome.unknown{color:var(--muted)}
.certainty ul,.blind ul{margin:.6rem 0 0;padding-left:1.1rem}
.certainty li+li,.blind li+li{margin-top:.45rem}
.certainty .warn .icon{color:var(--caution);vertical-align:-.15em;margin-right:.35rem}
.certainty .warn{font-weight:560}
#privacy button.sort{white-space:normal;vertical-align:bottom}
#privacy td.words{min-width:6.5rem}
#release-rules tbody th{min-width:17rem}
.failures{padding-left:1.1rem}
.failures li+li{margin-top:.6rem}
#privacy>.panel{margin-bottom:1rem}
#privacy th small{max-width:24rem}
.not-covered{display:flex;gap:.6rem;margin:0 0 1.4rem;padding:.7rem 1rem;border-radius:10px;background:var(--bad-ground);color:var(--bad)}
.not-covered .icon{flex:none;margin-top:.25em}
#guarantee h3+ul,#guarantee .panel ul{margin:.6rem 0 0;padding-left:1.1rem}
#guarantee li+li{margin-top:.4rem}
#guarantee .verdict h3{font-size:1.25rem}
#guarantee .verdict.good h3{color:var(--good)}
#guarantee .verdict.bad h3{color:var(--bad)}
#guarantee>.cards{margin-top:1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr));align-items:start}
`;
