/**
 * The one style sheet of the page. It hides nothing but the contents in print, for a sheet that could hide figures could
 * make a true page lie; the verifier accepts none but those it knows (STYLES in ledger/bundle-page.ts). Without the signs
 * for less and greater, which statements may not hold.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1c1c1a;
  --soft: #55534e;
  --paper: #fffefb;
  --wash: #f4f2ec;
  --line: #8a877f;
  --hair: #d8d5cc;
  --link: #0b4f8a;
  --warn: #7a2e00;
  --warn-wash: #fdf0e3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #ece9e2;
    --soft: #b6b2a8;
    --paper: #171715;
    --wash: #23221f;
    --line: #8d8a82;
    --hair: #3b3934;
    --link: #8cc4f5;
    --warn: #ffc48a;
    --warn-wash: #33230f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto;
  max-width: 62rem;
  padding: 1.5rem 1rem 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.55 Charter, "Bitstream Charter", "Iowan Old Style", Cambria, Georgia, serif;
  overflow-wrap: break-word;
}
h1, h2, h3, th, dt, caption, nav, .banner, .kicker, .mark {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 {
  font-size: 1.3rem;
  line-height: 1.3;
  margin: 3rem 0 1rem;
  padding-top: 0.75rem;
  border-top: 2px solid var(--ink);
}
h3 { font-size: 1.05rem; line-height: 1.35; margin: 1.75rem 0 0.5rem; }
p, ul, ol { margin: 0 0 0.75rem; max-width: 44rem; }
li { margin-bottom: 0.4rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.kicker { margin: 0 0 0.25rem; color: var(--soft); font-size: 0.95rem; }
.banner {
  margin: 0 0 1rem;
  padding: 0.75rem 1rem;
  max-width: none;
  border: 2px solid var(--warn);
  border-left-width: 0.6rem;
  background: var(--warn-wash);
  color: var(--warn);
  font-weight: 600;
}
nav { margin: 1.5rem 0 0; padding: 0.75rem 1rem; background: var(--wash); }
nav p { margin: 0 0 0.25rem; font-weight: 600; }
nav ul { margin: 0; padding: 0; list-style: none; max-width: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 0.2rem 0; }
dl { margin: 0 0 1rem; }
dl div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; padding: 0.35rem 0; border-top: 1px solid var(--hair); }
dl div:last-child { border-bottom: 1px solid var(--hair); }
dt { font-size: 0.875rem; font-weight: 600; padding-top: 0.1rem; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
.answer { padding: 1rem 1.1rem 0.5rem; background: var(--wash); border-top: 4px solid var(--line); }
.answer h3 { margin: 0 0 0.5rem; }
article { margin: 0 0 2rem; }
.scroll { overflow-x: auto; margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.5rem; }
th, td { padding: 0.45rem 0.6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--hair); }
thead th { border-bottom: 2px solid var(--line); font-size: 0.82rem; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 3.5rem; }
tfoot th, tfoot td { border-bottom: 0; border-top: 2px solid var(--line); font-weight: 700; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.f { font-variant-numeric: tabular-nums; }
.mark { color: var(--soft); font-size: 0.8rem; overflow-wrap: anywhere; }
.hash, code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.82rem; }
code { overflow-wrap: anywhere; }
pre { margin: 0 0 1rem; padding: 0.75rem 1rem; background: var(--wash); white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
@media (max-width: 40rem) {
  h1 { font-size: 1.5rem; }
  dl div { grid-template-columns: 1fr; }
}
@media print {
  :root { --ink: #000000; --soft: #333333; --paper: #ffffff; --wash: #ffffff; --line: #555555; --hair: #bbbbbb; --link: #000000; --warn: #000000; --warn-wash: #ffffff; }
  @page { size: A4; margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, caption, thead { break-after: avoid; }
  nav { display: none; }
  .answer { border: 1px solid var(--line); border-top-width: 3px; break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, dl div, li, p, .banner { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  pre { border: 1px solid var(--hair); font-size: 7.5pt; break-inside: avoid; }
}
`;
