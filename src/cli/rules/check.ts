import { join } from 'node:path';
import type { Finding, Report } from '../../library/rules-report.ts';
import { reportOnRules } from '../../library/rules-report.ts';
import type { Given } from './given.ts';

/** `aios rules check`: everything that can be said of the rules, with its place. Returns 1 when there is an error. */
export async function check({ config, named, notes, json }: Given): Promise<number> {
  const { findings, counts } = await reportOnRules(config.rulesFolder, config.personasFolder);
  const report = { findings: findings.map((finding) => shown(finding, named)), counts };
  console.log(json ? JSON.stringify(report, null, 2) : inWords(report, notes).join('\n'));
  return counts.error === 0 ? 0 : 1;
}

/** A finding with the file as the folder was named, so that the place can be opened from where the command ran. */
function shown(finding: Finding, named: string | undefined): Finding {
  const { place } = finding;
  if (named === undefined || !place.file.startsWith('rules/')) return finding;
  return { ...finding, place: { ...place, file: join(named, place.file.slice('rules/'.length)) } };
}

function inWords({ findings, counts }: Report, notes: boolean): readonly string[] {
  const told = findings.filter(({ level }) => notes || level !== 'note');
  const files = [...new Set(told.map(({ place }) => place.file))];
  const groups = files.flatMap((file) => [
    file,
    ...told.filter(({ place }) => place.file === file).flatMap(lines),
    '',
  ]);
  return [...groups, summary(counts, notes)];
}

function lines({ place, level, code, rule, says, witness }: Finding): readonly string[] {
  const { file, line, column } = place;
  const about = rule === null ? '' : ` ${rule}`;
  const shows = witness === null || says.includes(witness.when) ? [] : [`    ${witness.when}`];
  return [`  ${file}:${line}:${column} ${level} ${code}${about}`, `    ${says}`, ...shows];
}

function summary({ error, warning, note }: Report['counts'], notes: boolean): string {
  const said = `${many(error, 'error')}, ${many(warning, 'warning')}, ${many(note, 'note')}`;
  return notes || note === 0 ? `${said}.` : `${said}. The notes: aios rules check --notes`;
}

function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
