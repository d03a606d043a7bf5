import type { Raw } from '../finding.ts';
import { html } from '../print.ts';
import type { Audit, AuditedPage } from './audited.ts';
import { HOW_MADE, LEVEL_WORD, mattersOf } from './audit-words.ts';

const STYLE = `
  body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1d1d1f; background: #ffffff; font: 1rem/1.6 system-ui, sans-serif; }
  a { color: #0b4f9e; }
  table { border-collapse: collapse; }
  th, td { border: 1px solid #767676; padding: 0.25rem 0.75rem; text-align: left; }
  code { background: #f2f2f2; overflow-wrap: anywhere; }
  dt { font-weight: bold; }
  dd { margin: 0 0 0.5rem 1rem; }
`;

/** The audit as one page that needs nothing else and is itself accessible. */
export function auditHtml(audit: Audit): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Accessibility audit</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Accessibility audit</h1>
      <p>${html(audit.says)}</p>
      <h2>Summary</h2>
      <table>
        <caption>What was found on each page</caption>
        <thead><tr>${['Page', 'Failures', 'Warnings', 'Human look', 'Notes'].map((word) => `<th scope="col">${word}</th>`).join('')}</tr></thead>
        <tbody>
${audit.pages.map(rowOf).join('\n')}
        </tbody>
      </table>
${audit.pages.map(chapterOf).join('\n')}
      <h2>Limits</h2>
      <ul>
${audit.notChecked.map((line) => `        <li>${html(line)}</li>`).join('\n')}
      </ul>
      <h2>How this was made</h2>
      <p>${html(HOW_MADE)}</p>
      <p>Engines: ${html(audit.engines.join(', '))}.</p>
    </main>
  </body>
</html>
`;
}

function rowOf(page: AuditedPage, index: number): string {
  const many = (level: Raw['level']): number =>
    page.found.filter((raw) => raw.level === level).length;
  const cells = [many('error'), many('warn'), many('undecided'), many('note')];
  return `          <tr><th scope="row"><a href="#page-${index + 1}">${html(page.name)}</a></th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function chapterOf(page: AuditedPage, index: number): string {
  const found =
    page.found.length === 0
      ? '      <p>Nothing found that a machine can find.</p>'
      : page.found.map(entryOf).join('\n');
  return `      <h2 id="page-${index + 1}">Page ${html(page.name)}</h2>\n${found}`;
}

function entryOf(raw: Raw, index: number): string {
  const matters = mattersOf(raw);
  const place = `line ${raw.where.line ?? 1}, column ${raw.where.column ?? 1}`;
  return `      <h3>${index + 1}. ${LEVEL_WORD[raw.level]}: ${html(raw.why)}</h3>
      <dl>
        <dt>Criterion</dt><dd>${html(raw.source)} (rule ${html(raw.ruleId)})</dd>
        <dt>Place</dt><dd>${place}: <code>${html(raw.where.quote ?? '')}</code></dd>${matters === undefined ? '' : `\n        <dt>Why it matters</dt><dd>${html(matters)}</dd>`}
        <dt>How to fix</dt><dd>${html(raw.fix ?? '')}</dd>
      </dl>`;
}
