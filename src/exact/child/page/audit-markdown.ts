import type { Raw } from '../finding.ts';
import { md, mdCell, mdCode } from '../print.ts';
import type { Audit, AuditedPage } from './audited.ts';
import { HOW_MADE, LEVEL_WORD, mattersOf } from './audit-words.ts';

/** The audit as Markdown: summary, one chapter a page, limits. */
export function auditMarkdown(audit: Audit): string {
  return [
    '# Accessibility audit',
    '',
    audit.says,
    '',
    '## Summary',
    '',
    '| Page | Failures | Warnings | Human look | Notes |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...audit.pages.map(rowOf),
    '',
    ...audit.pages.flatMap(chapterOf),
    '## Limits',
    '',
    ...audit.notChecked.map((line) => `- ${md(line)}`),
    '',
    '## How this was made',
    '',
    HOW_MADE,
    '',
    `Engines: ${audit.engines.join(', ')}.`,
    '',
  ].join('\n');
}

function rowOf(page: AuditedPage): string {
  const many = (level: Raw['level']): number =>
    page.found.filter((raw) => raw.level === level).length;
  return `| ${mdCell(page.name)} | ${many('error')} | ${many('warn')} | ${many('undecided')} | ${many('note')} |`;
}

function chapterOf(page: AuditedPage): string[] {
  const head = [`## Page ${mdCode(page.name)}`, ''];
  if (page.found.length === 0) return [...head, 'Nothing found that a machine can find.', ''];
  return [...head, ...page.found.flatMap((raw, index) => entryOf(raw, index + 1))];
}

function entryOf(raw: Raw, number: number): string[] {
  const matters = mattersOf(raw);
  return [
    `### ${number}. ${LEVEL_WORD[raw.level]}: ${md(raw.why)}`,
    '',
    `- **Criterion**: ${raw.source} (rule ${mdCode(raw.ruleId)})`,
    `- **Place**: line ${raw.where.line ?? 1}, column ${raw.where.column ?? 1}: ${mdCode(raw.where.quote ?? '')}`,
    ...(matters === undefined ? [] : [`- **Why it matters**: ${matters}`]),
    `- **How to fix**: ${md(raw.fix ?? '')}`,
    '',
  ];
}
