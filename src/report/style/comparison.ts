/** What only the page that compares tables has: the tables' marks, told apart by shape and by colours after Wong 2011. */
export const COMPARISON_STYLE = `
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
.compared h3{display:flex;align-items:center;gap:.15rem;font-size:1.1rem}
.compared dl{display:grid;grid-template-columns:auto auto;gap:.25rem 1rem;margin:.8rem 0 0;justify-content:space-between}
.compared dt{color:var(--muted)}
.compared dd{margin:0;text-align:right;font-weight:600}
.compared .go{margin-top:auto;padding-top:.9rem}
.compared{display:flex;flex-direction:column}
.best{font-weight:680;color:var(--good)}
.best .icon{vertical-align:-.15em;margin-right:.25rem}
`;
