/** Colours, type and the page's frame. Colours come in light and dark; both sides meet WCAG AA on their grounds. */
export const BASE_STYLE = `
:root{color-scheme:light dark;
--ground:light-dark(#f6f7f9,#0e1217);--surface:light-dark(#fff,#161c24);--sunken:light-dark(#f0f2f5,#1c232d);
--line:light-dark(#dfe4ea,#2b3440);--ink:light-dark(#141d2b,#e6ebf2);--muted:light-dark(#525f72,#9eabbd);
--accent:light-dark(#1d4fa8,#7db0ff);
--real:light-dark(#c2cbd8,#4b596c);--real-edge:light-dark(#8793a4,#75849a);
--synthetic:light-dark(#1d4fa8,#7db0ff);--holdout:light-dark(#b45309,#fbb165);
--good:light-dark(#0b6b47,#5fd3a3);--good-ground:light-dark(#e6f4ed,#12281f);
--caution:light-dark(#855300,#f3c15c);--caution-ground:light-dark(#fdf3dc,#2c2413);
--bad:light-dark(#ae2318,#ff938a);--bad-ground:light-dark(#fdecea,#321816);
--shadow:light-dark(0 1px 2px rgb(20 29 43/.05),0 0 0 transparent)}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,header,footer{max-width:1200px;margin:0 auto;padding:0 1.5rem}
nav{position:sticky;top:0;z-index:5;display:flex;justify-content:space-between;align-items:center;gap:1rem;background:var(--ground);border-bottom:1px solid var(--line);padding:0 max(1.5rem,calc(50vw - 600px + 1.5rem))}
nav ul{display:flex;gap:.25rem;margin:0 0 0 -.6rem;padding:0;list-style:none;overflow-x:auto;scrollbar-width:none}
nav a{display:block;padding:.7rem .6rem;color:var(--muted);text-decoration:none;font-size:.9rem;white-space:nowrap}
nav a:hover{color:var(--ink)}
button{font:inherit;color:var(--muted);background:none;border:1px solid var(--line);border-radius:8px;width:2.1rem;height:2.1rem;cursor:pointer;flex:none}
button:hover{color:var(--ink);border-color:var(--muted)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
h1,h2,h3{line-height:1.25;letter-spacing:-.012em;margin:0;text-wrap:balance}
h1{font-size:2.1rem;font-weight:680;letter-spacing:-.024em}
h2{font-size:1.5rem;font-weight:660}
h3{font-size:1rem;font-weight:620}
p{margin:.5rem 0 0}
a{color:var(--accent)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
pre{background:var(--sunken);border:1px solid var(--line);border-radius:10px;padding:.9rem 1rem;overflow-x:auto;overflow-wrap:normal}
header{padding-top:2.75rem}
.eyebrow{color:var(--muted);font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;margin:0 0 .4rem}
main>section{margin-top:4.5rem}
.lead{color:var(--muted);max-width:46rem;margin:.4rem 0 1.5rem;font-size:1.02rem}
.lead b{color:var(--ink);font-weight:620}
.facts{display:flex;flex-wrap:wrap;gap:.4rem 2.5rem;margin:1.1rem 0 1.75rem}
.facts dt{color:var(--muted);font-size:.82rem}
.facts dd{margin:0;font-size:1.15rem;font-weight:600}
.verdicts{display:grid;grid-template-columns:3fr 2fr;gap:1rem;align-items:start}
.verdict,.release{display:flex;gap:1.1rem;border-radius:16px;padding:1.5rem 1.6rem;border:1px solid transparent}
.verdict h2{font-size:1.6rem}
.release h2{font-size:1.2rem;line-height:1.6}
.verdict ul,.release ul{margin:.6rem 0 0;padding-left:1.1rem}
.verdict li+li,.release li+li{margin-top:.3rem}
.first{font-size:1.06rem;margin-top:.35rem}
.badge .icon{width:2.2rem;height:2.2rem;display:block}
.release .badge .icon{width:1.8rem;height:1.8rem}
.verdict.good,.release.good{background:var(--good-ground)}
.verdict.caution{background:var(--caution-ground)}
.verdict.bad,.release.bad{background:var(--bad-ground)}
.good h2,.good .level,.good .icon{color:var(--good)}
.caution h2,.caution .level,.caution .icon{color:var(--caution)}
.bad h2,.bad .level,.bad .icon{color:var(--bad)}
.unknown .level,.unknown .icon{color:var(--muted)}
.icon{width:1.05em;height:1.05em;flex:none;fill:currentColor}
.icon .stroke{fill:none;stroke:var(--surface);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.omitted{margin-top:1rem}
footer{margin-top:5rem;padding-top:1.2rem;padding-bottom:2.5rem;color:var(--muted);font-size:.85rem}
.visually-hidden,.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.js-only{display:none}
.js button.js-only{display:block}
.js div.js-only{display:block}
.js form.js-only{display:flex}
[hidden]{display:none!important}
`;
