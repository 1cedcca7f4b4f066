/** On paper: light, without controls, every detail open (tables of shares aside), no card cut by a page's end. */
export const PRINT_STYLE = `@media print{
:root,:root[data-theme]{color-scheme:light}
@page{margin:14mm}
body{background:#fff;font-size:9.5pt}
nav,.js-only,.shares,.turn,dialog,#tooltip,#pair-browser,.more-of>summary{display:none!important}
main,header,footer{padding:0;max-width:none}
header{padding-top:0}
main>section{margin-top:1.8rem}
.card,.panel,.map,tr,.verdict,.release,.caveat,.glossary>div,.worst details{break-inside:avoid;box-shadow:none}
.worst,.list,section>.scroll,section>details>.scroll{box-shadow:none}
h2,h3,h4,summary,.lead{break-after:avoid}
.verdict,.release,.card,.panel,.map{padding:.8rem 1rem}
.scroll{overflow:visible;max-height:none!important}
.list th{position:static!important;white-space:normal}
.list,.list table{font-size:8pt}
.error-bar{width:80px}
button.sort{white-space:normal;text-align:inherit}
.questions{grid-template-columns:repeat(3,minmax(0,1fr));gap:1rem .7rem}
.question.of-3{grid-column:span 3}
.question.of-2{grid-column:span 2}
.question.of-3 .cards{grid-template-columns:repeat(3,minmax(0,1fr));gap:.7rem}
.question.of-2 .cards{grid-template-columns:repeat(2,minmax(0,1fr));gap:.7rem}
.value{font-size:1.7rem}
.cards.columns{display:block}
.cards.columns>.card{display:grid!important;grid-template-columns:repeat(3,minmax(0,1fr));gap:.4rem 1.2rem;margin-bottom:.7rem;align-items:start}
.more-of,.more-of::details-content,.details-of{display:contents!important;content-visibility:visible!important}
.detail.whole th small{display:inline;margin-left:.6rem}
.numbers{font-size:8pt}
.numbers th,.numbers td{padding-top:.18rem;padding-bottom:.18rem}
.numbers tbody th{min-width:0}
.numbers thead th,.list thead th,.detail h4{font-size:7.5pt}
.numbers th,.numbers td{padding-right:.4rem}
.scale{font-size:7.5pt}
.scale svg{width:84px}
.maps:not(.large){grid-template-columns:repeat(2,minmax(0,1fr))}
.map-frame .chart{min-width:0!important}
#privacy .pair{grid-template-columns:repeat(2,minmax(0,1fr))}
#privacy table,#privacy thead th{font-size:7.5pt}
#privacy th,#privacy td{padding-right:.4rem}
#privacy .dot-strip{width:90px}
#release-rules tbody th{min-width:9rem}
.grids{grid-template-columns:repeat(3,minmax(0,1fr));gap:.6rem}
.density{font-size:5.5pt!important}
.density td{font-size:4.6pt!important}
.density th{font-size:5.5pt!important}
.density td,.density th{height:1.05rem}
.density thead th{height:4rem}
.density thead td{width:4rem}
details::details-content{content-visibility:visible;height:auto;display:block}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
