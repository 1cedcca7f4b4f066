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
.questions{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1.8rem 1rem}
.question.of-3{grid-column:span 3}
.question.of-2{grid-column:span 2}
.question{display:flex;flex-direction:column}
.question h3{margin-bottom:.7rem}
.question .cards{flex:1;grid-template-columns:repeat(auto-fit,minmax(min(100%,290px),1fr))}
.figures{margin-top:1.5rem}
.figures th small{display:inline;font-size:.86em;margin-left:.8rem}
.score{display:flex;flex-direction:column}
.score h4{margin:0;color:var(--muted);font-weight:560;font-size:.95rem}
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
.column-notes p:first-child{flex:none;max-width:40%}
.column-notes p+p{text-align:right}
.column-head h3{min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.column-head p{margin:0}
.column-score{flex:none;white-space:nowrap;display:flex;align-items:center;justify-content:end;gap:.4rem;font-weight:640}
.column .missing{margin-top:auto;padding-top:.6rem}
.missing,.more,.no-chart{color:var(--muted);font-size:.84rem}
.more{margin:.1rem 0 0}
.no-chart{padding:2rem 0;text-align:center}
summary{cursor:pointer;color:var(--muted);font-size:.92rem;padding:.3rem 0;width:fit-content}
summary:hover{color:var(--ink)}
section>details{margin-top:1rem}
.column>.main{display:flex;flex-direction:column;flex:1;min-width:0}
.column:has(>.more-of[open]){grid-column:1/-1}
@media (min-width:860px){.column:has(>.more-of[open]){display:grid;grid-template-columns:minmax(0,330px) minmax(0,1fr);gap:1rem 2.5rem;align-items:start}}
.cards.columns{grid-auto-flow:row dense}
.details-of{display:grid;gap:1.4rem 2.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,310px),1fr))}
.detail{min-width:0}
.detail.whole{grid-column:1/-1}
.detail h4{margin-top:.3rem}
.shares{margin-top:.8rem}
.shares .scroll{max-height:18rem;overflow-y:auto}
.numbers{font-size:.86rem}
.numbers th,.numbers td{padding:.32rem .7rem .32rem 0}
.numbers td,.numbers thead th+th{text-align:right}
.numbers tbody th{min-width:6.4rem;overflow-wrap:break-word}
th small,td small{display:block;color:var(--muted);font-weight:400;font-size:.86em;line-height:1.35}
.list th bdi,.pair-name bdi{display:inline-block;max-width:min(24rem,70vw);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom}
.turn{display:none;flex-wrap:wrap;justify-content:space-between;gap:.5rem;margin-top:1rem}
.js .turn{display:flex}
button.wide{width:auto;padding:0 .9rem}
button.link,button.sort{width:auto;height:auto;border:0;padding:0;text-align:left;color:var(--accent)}
button.link:hover{text-decoration:underline}
button.sort{color:inherit;font:inherit;text-align:inherit;white-space:nowrap}
button.sort:hover{color:var(--ink)}
button.sort::after{content:"";display:inline-block;width:1em;text-align:center}
th[aria-sort=descending] .sort::after{content:"▾";content:"▾"/""}
th[aria-sort=ascending] .sort::after{content:"▴";content:"▴"/""}
button:disabled{opacity:.4;cursor:default}
.list{max-height:25rem;overflow-y:auto}
.list thead th{position:sticky;top:0;background:var(--surface);z-index:1}
.list th,.list td{padding-top:.38rem;padding-bottom:.38rem;vertical-align:middle}
.list tbody a{text-decoration:none}
.list tbody a:hover{text-decoration:underline}
.list .icon{vertical-align:-.15em;margin-left:.2rem}
td.good .icon{color:var(--good)}td.caution .icon{color:var(--caution)}td.bad .icon{color:var(--bad)}
#columns .legend{margin-top:1.6rem}
#pair-browser{margin-top:2rem}
#pair-browser .controls{display:flex;margin-top:.8rem}
#pair-browser .list{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:.5rem 1.35rem;box-shadow:var(--shadow)}
#more-pairs{margin-top:.8rem}
.worst{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:.4rem 1.35rem;margin-top:.8rem;box-shadow:var(--shadow)}
.worst details+details{border-top:1px solid var(--line)}
.worst summary{width:auto;padding:.55rem 0;color:var(--ink)}
.worst .pair-name{font-weight:600;margin-right:.8rem}
.worst .pair-score{margin-right:.8rem;white-space:nowrap;font-weight:600}
.pair-score .icon{vertical-align:-.15em;margin-right:.3rem}
.worst .grids{padding:.4rem 0 1.2rem}
dialog{z-index:10;width:min(74rem,calc(100vw - 2rem));max-height:calc(100vh - 2rem);border:1px solid var(--line);border-radius:16px;background:var(--surface);color:var(--ink);padding:1.4rem 1.6rem;overflow:auto}
dialog::backdrop{background:rgb(10 16 25/.5)}
.dialog-head{display:flex;justify-content:space-between;gap:1rem;align-items:start}
.dialog-head h3{font-size:1.3rem}
.dialog-buttons{display:flex;gap:.4rem}
dialog .facts{margin:.8rem 0 1.2rem;gap:.4rem 2rem}
dialog .facts dd{font-size:1rem}
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
td .absent{white-space:normal;min-width:7rem;display:inline-block}
th:last-child,td:last-child{padding-right:.2rem}
td.figures small,.sortable td small,.range{white-space:nowrap}
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
@media (max-width:1000px){.questions{grid-template-columns:minmax(0,1fr)}.question.of-3,.question.of-2{grid-column:auto}}
@media (max-width:820px){.verdicts{grid-template-columns:1fr}}
@media (max-width:560px){body{font-size:14.5px}main,header,footer{padding-left:1rem;padding-right:1rem}nav{padding:0 1rem}header{padding-top:1.75rem}h1{font-size:1.7rem}main>section{margin-top:3.2rem}.verdict,.release{padding:1.15rem;gap:.85rem}.card,.panel{padding:1.1rem}dialog{padding:1rem;width:calc(100vw - 1rem);max-height:calc(100vh - 1rem)}.controls label{flex:1 1 8rem}.controls input,.controls select{min-width:0;width:100%}.glossary a{white-space:normal}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
