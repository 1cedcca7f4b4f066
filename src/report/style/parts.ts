/** Cards, panels, tables, forms, tooltips. */
export const PARTS_STYLE = `
.card,.panel,.map{background:var(--surface);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shadow)}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr))}
.card{padding:1.25rem 1.35rem;min-width:0}
.panel{padding:1.5rem 1.6rem;min-width:0}
.panel+.panel,.pair+.panel{margin-top:0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:1rem;margin-bottom:1rem}
.pair.tight{gap:2rem;align-items:center;margin-top:1rem}
.panel p{max-width:44rem}
.score{display:flex;flex-direction:column}
.score h3{color:var(--muted);font-weight:560;font-size:.95rem}
.value{font-size:2.35rem;font-weight:660;letter-spacing:-.03em;line-height:1.15;margin-top:.35rem}
.value.absent{color:var(--muted)}
.level{display:flex;align-items:center;gap:.4rem;font-weight:580;font-size:.93rem;margin-top:.15rem}
.score .interval-axis{margin:.9rem 0 .2rem}
.meaning{margin-top:.5rem}
.panel ul.fine{padding-left:1.1rem}
.fine{color:var(--muted);font-size:.86rem}
.score .fine{margin-top:auto;padding-top:.7rem}
.finding{font-weight:600}
.caveat{background:var(--sunken);border-radius:12px;padding:1rem 1.25rem;margin-top:1rem}
.absent{color:var(--muted);font-style:italic}
.empty{color:var(--muted);padding:1.5rem 0}
.controls{flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin-bottom:1rem}
.controls label{display:grid;gap:.25rem;color:var(--muted);font-size:.82rem}
.controls input,.controls select{font:inherit;font-size:.95rem;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:.3rem .65rem;height:2.5rem;min-width:9rem;max-width:100%}
.controls output{color:var(--muted);font-size:.88rem;padding-bottom:.5rem}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;list-style:none;margin:0 0 1rem;padding:0;color:var(--muted);font-size:.88rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.legend svg{width:26px;height:14px;flex:none}
.panel .legend{margin:.8rem 0 .4rem}
.column{display:flex;flex-direction:column}
.column-head,.column-notes{display:flex;justify-content:space-between;gap:0 1rem}
.column-notes{color:var(--muted);font-size:.84rem;margin-bottom:.8rem}
.column-notes p{margin:0}
.column-notes p+p{text-align:right}
.column-head h3{min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.column-head p{margin:0}
.column-score{display:flex;align-items:center;justify-content:end;gap:.4rem;font-weight:640}
.column .missing{margin-top:auto;padding-top:.6rem}
.missing,.more,.no-chart{color:var(--muted);font-size:.84rem}
.more{margin:.1rem 0 0}
.no-chart{padding:2rem 0;text-align:center}
summary{cursor:pointer;color:var(--muted);font-size:.92rem;padding:.3rem 0;width:fit-content}
summary:hover{color:var(--ink)}
section>details{margin-top:1rem}
.figures-of summary{font-size:.84rem}
.figures-of[open] .scroll{max-height:18rem;overflow-y:auto}
.metric{opacity:.85;margin-left:.3rem}
.omitted ul{margin:.3rem 0 0;padding-left:1.2rem;columns:22rem auto;column-gap:2.5rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--muted);font-weight:560;font-size:.82rem;vertical-align:bottom}
th,td{overflow-wrap:break-word}
tbody th{font-weight:500;min-width:7rem;overflow-wrap:anywhere}
tbody tr:last-child>*{border-bottom:0}
th.figures,td.figures{text-align:right}
td.figures{white-space:nowrap}
td .absent{white-space:normal}
th:last-child,td:last-child{padding-right:.2rem}
.range{display:block;color:var(--muted);font-size:.84em;white-space:nowrap}
.panel .scroll,.panel>.chart{margin-top:1rem}
h4{margin:1.1rem 0 .2rem;font-size:.9rem;font-weight:600;color:var(--muted)}
h3+.scroll{margin-top:.6rem}
section>.scroll,section>details>.scroll{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:.5rem 1.35rem;margin-top:.8rem;box-shadow:var(--shadow)}
#method table{width:auto;min-width:min(100%,34rem)}
#pairs>h3,#method>h3{margin-top:2rem}
.times{color:var(--muted)}
.explained{display:grid;gap:.1rem;margin:0}
.explained dt{font-weight:600}
.explained dd{margin:0 0 .5rem;color:var(--muted)}
.glossary{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:1.4rem 2.5rem;margin:0}
.glossary dt{font-weight:620}
.glossary dd{margin:.15rem 0 0;color:var(--muted);font-size:.93rem}
.glossary a{white-space:nowrap}
#tooltip{position:fixed;z-index:9;pointer-events:none;max-width:22rem;background:var(--ink);color:var(--ground);font-size:.84rem;line-height:1.4;padding:.4rem .65rem;border-radius:8px;box-shadow:0 6px 20px rgb(0 0 0/.22)}
@media (max-width:820px){.verdicts{grid-template-columns:1fr}}
@media (max-width:560px){body{font-size:14.5px}main,header,footer{padding-left:1rem;padding-right:1rem}nav{padding:0 1rem}header{padding-top:1.75rem}h1{font-size:1.7rem}main>section{margin-top:3.2rem}.verdict,.release{padding:1.15rem;gap:.85rem}.card,.panel{padding:1.1rem}.controls label{flex:1 1 8rem}.controls input,.controls select{min-width:0;width:100%}.glossary a{white-space:normal}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{:root,:root[data-theme]{color-scheme:light}@page{margin:14mm}body{background:#fff;font-size:10.5pt}nav,.js-only,#tooltip{display:none!important}main,header,footer{padding:0;max-width:none}header{padding-top:0}main>section{margin-top:2rem}.card,.panel,.map,tr,.verdict,.release,.caveat,.glossary>div{break-inside:avoid;box-shadow:none}h2,h3{break-after:avoid}.cards.columns,.cards.scores{grid-template-columns:repeat(2,1fr)}.figures-of{display:none}.scroll{overflow:visible}details::details-content{content-visibility:visible;height:auto;display:block}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
