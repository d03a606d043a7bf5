import type { FileKind } from '../../kinds.ts';
import type { Bench, Made } from '../bench.ts';
import { count, mdCell } from '../print.ts';
import type { Source } from '../source.ts';
import { pretty, type Parser } from './prettier.ts';
import { sameButLayout } from './same.ts';

const PARSER: Readonly<Record<Exclude<FileKind, 'txt'>, Parser>> = {
  md: 'markdown',
  html: 'html',
  css: 'css',
  js: 'babel',
  ts: 'typescript',
  json: 'json',
  yaml: 'yaml',
  php: 'php',
};

type Formatted = {
  readonly name: string;
  readonly text: string;
  readonly changed: boolean;
  readonly lines: number;
};

/**
 * Formats every file it can under its own name and adds `format-report.md`. Each result is parsed again and compared
 * with what came in; a file that cannot be parsed, or would change in more than layout, makes the whole not possible.
 */
export async function format({ sources, engines }: Bench): Promise<Made> {
  const [broken] = sources.broken;
  if (broken !== undefined)
    return {
      is: 'not_possible',
      why: `Cannot format ${broken}: expected UTF-8 text, got other bytes. Save it as UTF-8 or leave it out.`,
    };
  const able = sources.read.filter((source) => source.kind !== 'txt');
  const rest = [
    ...sources.foreign,
    ...sources.read.filter((s) => s.kind === 'txt').map((s) => s.name),
  ];
  if (able.length === 0)
    return {
      is: 'not_possible',
      why: 'Cannot format: expected at least one md, html, css, js, ts, json, yaml or php file, got none. Attach one.',
    };
  const done: Formatted[] = [];
  for (const source of able) {
    const one = await engines.run('prettier', () => formatOne(source));
    if ('why' in one) return { is: 'not_possible', why: one.why };
    done.push(one);
  }
  const notChecked = [
    ...rest.map((name) => `${name}: no formatter for this kind of file; it was left out`),
    'Only layout was touched: nobody read what the files say or whether they work.',
  ];
  const says = summary(done);
  const report = { name: 'format-report.md', text: reportOf(done, { says, notChecked }) };
  return {
    is: 'done',
    files: [...done.map(({ name, text }) => ({ name, text })), report],
    says,
    notChecked,
  };
}

async function formatOne(source: Source): Promise<Formatted | { readonly why: string }> {
  const parser = PARSER[source.kind as keyof typeof PARSER];
  const made = await pretty(source.text, parser);
  if (made.is === 'broken') {
    const place = made.line === undefined ? '' : `line ${made.line}: `;
    return {
      why: `Cannot format ${source.name}: ${place}${made.says}. Mend the file there and send it again.`,
    };
  }
  const changed = made.text !== source.text;
  const differs = changed ? await sameButLayout(source, made.text, parser) : undefined;
  if (differs !== undefined)
    return {
      why: `Cannot format ${source.name}: formatting it would change more than layout (${differs}). It was left alone; look at it by hand.`,
    };
  return {
    name: source.name,
    text: made.text,
    changed,
    lines: changed ? changedLines(source.text, made.text) : 0,
  };
}

/** Lines of the new text that the old one did not have, each counted as often as it is new. */
function changedLines(before: string, after: string): number {
  const had = new Map<string, number>();
  for (const line of before.split('\n')) had.set(line, (had.get(line) ?? 0) + 1);
  return after.split('\n').filter((line) => {
    const left = had.get(line) ?? 0;
    if (left > 0) had.set(line, left - 1);
    return left === 0;
  }).length;
}

function summary(done: readonly Formatted[]): string {
  const changed = done.filter((file) => file.changed).length;
  if (changed === 0)
    return `Looked at ${count(done.length, 'file')}: all were already formatted, nothing changed.`;
  return `Formatted ${count(changed, 'file')} of ${done.length}; only layout changed, proved by parsing before and after.`;
}

function reportOf(
  done: readonly Formatted[],
  told: { readonly says: string; readonly notChecked: readonly string[] },
): string {
  const rows = done.map((file) => {
    const what = file.changed
      ? `layout changed, ${count(file.lines, 'line')} new or moved`
      : 'unchanged, already formatted';
    return `| ${mdCell(file.name)} | ${what} |`;
  });
  return [
    '# Format report',
    '',
    told.says,
    '',
    '| File | Result |',
    '| --- | --- |',
    ...rows,
    '',
    '## How this was made',
    '',
    'Prettier with its own defaults; configuration files among the given files are data and were not read. Each changed file was parsed again: its syntax tree is the same as before. JSON and YAML hold the same values; Markdown and HTML show the same words in the same order.',
    '',
    '## Not checked',
    '',
    ...told.notChecked.map((line) => `- ${line}`),
    '',
  ].join('\n');
}
