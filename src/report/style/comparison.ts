/** What only the page that compares tables has. */
export const COMPARISON_STYLE = `
.compared h3{display:flex;align-items:center;gap:.15rem;font-size:1.1rem}
.compared dl{display:grid;grid-template-columns:auto auto;gap:.25rem 1rem;margin:.8rem 0 0;justify-content:space-between}
.compared dt{color:var(--muted)}
.compared dd{margin:0;text-align:right;font-weight:600}
.compared .go{margin-top:auto;padding-top:.9rem}
.compared{display:flex;flex-direction:column}
.best{font-weight:680;color:var(--good)}
.best .range{font-weight:400}
.best .icon{vertical-align:-.15em;margin-right:.25rem}
.why{display:block;max-width:38rem;color:var(--muted);font-size:.84em}
th .why{max-width:13rem}
.after-table{margin-top:1.75rem}
.curves .card{display:grid;gap:.75rem;align-content:start}
td .level{white-space:nowrap}
`;
