/** What only the page of a training has. */
export const TRAINING_STYLE = `
.cards.curves{grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));margin-top:1rem}
.curve-card{display:flex;flex-direction:column}
.curve-card .legend{margin:.5rem 0 .6rem;gap:.15rem 1.1rem;font-size:.84rem}
.curve-card .legend li{gap:.1rem}
.curve-card .legend li>svg:not(.strip-mark){margin-right:.35rem}
.curve-card .fine{margin-top:auto;padding-top:.6rem}
.verdict.unknown{background:var(--sunken)}
.verdict details{margin-top:.5rem}
.found{list-style:none;margin:0 0 1rem;padding:0;display:grid;gap:1rem;counter-reset:found}
.found>li{counter-increment:found}
.found h3{display:flex;gap:.45rem;align-items:center;color:var(--caution)}
.found h3::before{content:counter(found) ". "}
.overlay{margin-bottom:1rem}
.overlay h3{overflow-wrap:anywhere}
.overlay .fine{margin:.1rem 0 .7rem}
.looks{display:grid;gap:.8rem 1.2rem;grid-template-columns:repeat(5,minmax(0,1fr))}
.looks figure{margin:0;min-width:0}
.looks figcaption{display:flex;justify-content:space-between;gap:.2rem .6rem;flex-wrap:wrap;font-size:.82rem;color:var(--muted);margin-bottom:.25rem}
.looks figcaption b{color:var(--good);font-weight:620}
.looks figcaption span{margin-left:auto}
.looks .synthetic-line{stroke-width:1.6}
.beyond{fill:var(--synthetic)}
.entries .scroll{max-height:30rem;overflow-y:auto}
.entries th,.entries td{white-space:nowrap}
.entries tbody th{min-width:0}
@media (max-width:700px){.looks{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media print{.cards.curves{grid-template-columns:repeat(2,minmax(0,1fr));gap:.6rem}.entries table{font-size:6.5pt}.entries th,.entries td{white-space:normal}}
`;
