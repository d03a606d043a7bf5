import { Fault } from '../../../core/fault.ts';
import { inOrder, type Raw } from '../finding.ts';
import type { Bench, Made } from '../bench.ts';
import { count, csv } from '../print.ts';
import { auditHtml } from './audit-html.ts';
import { auditMarkdown } from './audit-markdown.ts';
import type { Audit, AuditedPage } from './audited.ts';
import { BLIND_SPOTS, inspectPages, unseen } from './inspect.ts';

/** Audits the given pages: `accessibility-audit.md`, the same as `.html`, and `findings.csv`. */
export async function auditPages(bench: Bench): Promise<Made> {
  const { sources, engines } = bench;
  const [broken] = sources.broken;
  if (broken !== undefined)
    return {
      is: 'not_possible',
      why: `Cannot audit ${broken}: expected UTF-8 text, got other bytes. Save it as UTF-8 or leave it out.`,
    };
  const inspected = await inspectPages(bench);
  if (inspected.length === 0)
    return {
      is: 'not_possible',
      why: 'Cannot audit: expected at least one HTML page, got none. Attach the pages as .html files.',
    };
  const failed = engines.rows().find((row) => row.status === 'failed');
  if (failed !== undefined)
    throw new Fault('gate_broken', `${failed.name} could not read the pages: ${failed.says ?? ''}`);
  const pages = inspected.map(({ page, found }) => ({
    name: page.source.name,
    found: inOrder(found),
  }));
  const others = sources.foreign.map((name) => `${name}: not a page`);
  const audit: Audit = {
    pages,
    says: summary(pages),
    engines: engines.rows().map((row) => `${row.name} ${row.version}`),
    notChecked: [...BLIND_SPOTS, ...unseen(inspected), ...others],
  };
  return {
    is: 'done',
    says: audit.says,
    notChecked: audit.notChecked,
    files: [
      { name: 'accessibility-audit.md', text: auditMarkdown(audit) },
      { name: 'accessibility-audit.html', text: auditHtml(audit) },
      { name: 'findings.csv', text: rowsOf(pages) },
    ],
  };
}

function summary(pages: readonly AuditedPage[]): string {
  const all = pages.flatMap((page) => page.found);
  const many = (level: Raw['level']): number => all.filter((raw) => raw.level === level).length;
  const looked = `Audited ${count(pages.length, 'page')}`;
  if (all.length === 0) return `${looked}: no failure that a machine can find.`;
  const clean = pages.filter((page) => page.found.every((raw) => raw.level === 'note')).length;
  return `${looked}: ${count(many('error'), 'failure')} of WCAG A or AA, ${count(many('warn'), 'warning')}, ${count(many('undecided'), 'place')} for a human look, ${count(many('note'), 'note')}; ${count(clean, 'page')} without failure or warning.`;
}

function rowsOf(pages: readonly AuditedPage[]): string {
  const head = [
    'page',
    'line',
    'column',
    'level',
    'rule',
    'criterion',
    'what',
    'how to fix',
    'quote',
  ];
  const rows = pages.flatMap((page) =>
    page.found.map((raw) => [
      page.name,
      raw.where.line ?? '',
      raw.where.column ?? '',
      raw.level,
      raw.ruleId,
      raw.source,
      raw.why,
      raw.fix ?? '',
      raw.where.quote ?? '',
    ]),
  );
  return csv([head, ...rows]);
}
