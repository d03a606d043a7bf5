/**
 * How the words of authors are underlined, told apart without colour and in print, too. Who wrote most has plain words.
 * The sixth and later authors beside them share a style with an earlier one; letters are always their own.
 */
const LINES = [
  'none',
  'underline dashed',
  'underline dotted 2px',
  'underline double',
  'underline wavy',
  'underline solid',
] as const;
export const STYLES = LINES.length;
/** Tints behind the words; text on each has a contrast of more than 7 to 1 (WCAG 2.2, 1.4.6). */
const LIGHT = ['#eef3fb', '#fdf0e6', '#ecf7ee', '#f7ecf7', '#fbf7dd', '#e9f6f8'] as const;
const DARK = ['#1c2a40', '#3a2616', '#17321d', '#35203a', '#35310f', '#12343a'] as const;

const styles = LINES.map(
  (line, i) => `.s${i}{text-decoration:${line};background:var(--t${i})}`,
).join('');
const tints = (colours: readonly string[]): string =>
  colours.map((colour, i) => `--t${i}:${colour}`).join(';');

export const BLAME_STYLE = [
  `:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#4a4a4a;--paper:#fff;--line:#c8c8c8;${tints(LIGHT)}}`,
  `@media (prefers-color-scheme:dark){:root{--ink:#f1f1f1;--soft:#c4c4c4;--paper:#141414;--line:#4a4a4a;${tints(DARK)}}}`,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif}',
  'main{max-width:60rem;margin:0 auto;padding:1rem}',
  'h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}',
  'code{overflow-wrap:anywhere}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{text-align:start;vertical-align:top;padding:.15rem .5rem;font-weight:400}',
  'thead th{font-weight:700}',
  '.who td,.who th{border-bottom:1px solid var(--line);white-space:nowrap}',
  '.who td:nth-child(2){white-space:normal;overflow-wrap:anywhere;width:100%}',
  'caption{text-align:start;color:var(--soft);padding:.15rem .5rem}',
  '.lines tbody th{color:var(--soft);width:3.5rem}',
  '.lines tbody td:nth-child(2){width:2.5rem;font-weight:700}',
  '.lines tbody td:nth-child(3){white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;font-family:ui-monospace,monospace;font-size:.95rem}',
  '.by{text-underline-offset:.2em;text-decoration-skip-ink:none}',
  '.mark{font-weight:700;user-select:none}',
  styles,
  '@media print{.by{background:none}main{max-width:none;padding:0}tr{break-inside:avoid}}',
].join('\n');
