/** Tables that can be ordered, and what tells synthetic rows from real ones. */
export const EVIDENCE_STYLE = `
button.sort{width:auto;height:auto;border:0;padding:0;border-radius:4px;font:inherit;color:inherit;text-align:inherit;cursor:pointer}
button.sort::after{content:"";display:inline-block;width:.75em;text-align:center}
button.sort:hover{color:var(--ink)}
th[aria-sort=ascending] .sort::after{content:"↑"}
th[aria-sort=descending] .sort::after{content:"↓"}
th[aria-sort]{color:var(--ink)}
.fact{display:contents}
.scroll{position:relative}
`;
