import { Fault } from '../../../core/fault.ts';
import { inOrder, type Raw } from '../finding.ts';
import type { Bench, Made } from '../bench.ts';
import { count, csv, md, mdCell, mdCode } from '../print.ts';
import { WRITING_BLIND_SPOTS } from './gate.ts';
import { readProse } from './read.ts';

type ProofFile = { readonly name: string; readonly words: number; readonly found: readonly Raw[] };
type Proof = {
  readonly files: readonly ProofFile[];
  readonly says: string;
  readonly notChecked: readonly string[];
  readonly engines: readonly string[];
};

/** Proofreads every text and changes none: `proofreading.md` and the same rows as `proofreading.csv`. */
export async function proofread(bench: Bench): Promise<Made> {
  const { sources, engines } = bench;
  const [broken] = sources.broken;
  if (broken !== undefined)
    return {
      is: 'not_possible',
      why: `Cannot proofread ${broken}: expected UTF-8 text, got other bytes. Save it as UTF-8 or leave it out.`,
    };
  const reading = await readProse(bench);
  if (reading.files.length === 0)
    return {
      is: 'not_possible',
      why: 'Cannot proofread: expected at least one English text (md, txt or html), got none. Attach one.',
    };
  const failed = engines.rows().find((row) => row.status === 'failed');
  if (failed !== undefined)
    throw new Fault('gate_broken', `${failed.name} could not read the texts: ${failed.says ?? ''}`);
  const files = reading.files.map((file) => ({
    name: file.source.name,
    words: file.words,
    found: inOrder(file.found),
  }));
  const proof: Proof = {
    files,
    says: summary(files),
    notChecked: [...reading.notChecked, ...files.flatMap(asRead), ...WRITING_BLIND_SPOTS],
    engines: engines.rows().map((row) => `${row.name} ${row.version}`),
  };
  return {
    is: 'done',
    says: proof.says,
    notChecked: proof.notChecked,
    files: [
      { name: 'proofreading.md', text: reportOf(proof) },
      { name: 'proofreading.csv', text: rowsOf(files) },
    ],
  };
}

/** The text of a document has lines that its own program does not show. */
function asRead({ name }: ProofFile): readonly string[] {
  const document = /^(.+\.(?:docx|pdf))\.md$/i.exec(name)?.[1];
  if (document === undefined) return [];
  return [
    `${document}: its text was read; layout, pictures and comments were not. Its lines are numbered as they were read, so find a place by its words`,
  ];
}

function summary(files: readonly ProofFile[]): string {
  const all = files.flatMap((file) => file.found);
  const words = files.reduce((sum, file) => sum + file.words, 0);
  const read = `Read ${count(files.length, 'text')} of ${count(words, 'word')}`;
  const corrections = all.filter((raw) => raw.level !== 'note').length;
  if (all.length === 0) return `${read}: nothing to correct. No text was changed.`;
  return `${read}: ${count(corrections, 'correction')} and ${count(all.length - corrections, 'remark')}. No text was changed.`;
}

function reportOf(proof: Proof): string {
  return [
    '# Proofreading',
    '',
    proof.says,
    '',
    ...proof.files.flatMap(chapterOf),
    '## Not checked',
    '',
    ...proof.notChecked.map((line) => `- ${md(line)}`),
    '',
    '## How this was made',
    '',
    `Exact programs, no model: ${proof.engines.join(', ')}. Code, addresses and front matter were left out; of pages, the visible text, titles, descriptions and alt texts were read.`,
    '',
  ].join('\n');
}

function chapterOf(file: ProofFile): string[] {
  const head = [`## ${mdCode(file.name)}`, '', `${count(file.words, 'word')}.`, ''];
  const corrections = file.found.filter((raw) => raw.level !== 'note');
  const remarks = file.found.filter((raw) => raw.level === 'note');
  if (file.found.length === 0) return [...head, 'Nothing to correct.', ''];
  return [
    ...head,
    ...tableOf('Corrections', corrections),
    ...tableOf('Remarks, for the author to judge', remarks),
  ];
}

function tableOf(title: string, found: readonly Raw[]): string[] {
  if (found.length === 0) return [];
  const rows = found.map(
    (raw) =>
      `| ${raw.where.line ?? 1} | ${mdCell(raw.where.quote ?? '')} | ${md(raw.why)} | ${md(raw.fix ?? '')} | ${md(raw.source)} |`,
  );
  return [
    `### ${title}`,
    '',
    '| Line | Words | What | Suggestion | Rule |',
    '| ---: | --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function rowsOf(files: readonly ProofFile[]): string {
  const rows = files.flatMap((file) =>
    file.found.map((raw) => [
      file.name,
      raw.where.line ?? '',
      raw.where.column ?? '',
      raw.level === 'note' ? 'remark' : 'correction',
      raw.ruleId,
      raw.where.quote ?? '',
      raw.why,
      raw.fix ?? '',
    ]),
  );
  return csv([['file', 'line', 'column', 'level', 'rule', 'words', 'what', 'suggestion'], ...rows]);
}
