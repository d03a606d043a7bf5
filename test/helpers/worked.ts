import type { Rehearsal } from '../../src/rehearsal/open.ts';
import type { ScriptLine } from '../../src/rehearsal/script.ts';
import type { SeenCall } from '../../src/rehearsal/serve.ts';
import { ACME, APPROVER, COLLEAGUE, numberAt, REVIEW, taskIn } from './acme.ts';
import type { Running } from './aios.ts';
import { deskOf } from './desk.ts';
import type { Attachment } from './files.ts';
import { outlineFile } from './files.ts';

export const POST = 'lane: local, kind: draft.blog, draft a blog post from the outline';

type Work = {
  readonly text?: string;
  readonly files?: readonly Attachment[];
  /** What the stand-in answers, call by call, instead of good work. */
  readonly script?: readonly Omit<ScriptLine, 'lane'>[];
  /** The stand-in behind the local lane, where it is not that of the program. */
  readonly rehearsal?: Rehearsal;
};

/** A piece of work for acme, sent to the local lane by the colleague and run by Ada, with the calls that it took. */
export async function workOn(running: Running, work: Work = {}) {
  const rehearsal = work.rehearsal ?? running.aios.base.rehearsal;
  if (rehearsal === null) throw new Error('a rehearsal is expected');
  const before = rehearsal.calls.length;
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    `@aios ${work.text ?? POST}`,
    work.files ?? [await outlineFile()],
  );
  const number = await numberAt(running, said);
  await taskIn(running, number, 'proposed');
  rehearsal.script(...(work.script ?? []).map((line) => ({ ...line, lane: 'local' as const })));
  const ada = deskOf(running, APPROVER);
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  const calls = (): readonly SeenCall[] => rehearsal.calls.slice(before);
  return { number, calls };
}

/** An answer that keeps to the contract, as a model would write it. */
export function answerOf(more: object = {}): string {
  return JSON.stringify({
    fit: 'mine',
    belongs_to: null,
    deliverable_files: [{ name: 'post.md', text: '# Clay\n\nWet clay shrinks by a tenth.\n' }],
    questions: [],
    assumptions: [],
    confidence: 70,
    minutes_by_hand: 90,
    disclosure_note: 'Drafted by a model.',
    ...more,
  });
}

/** A call that is answered with these exact characters. */
export const says = (text: string): Omit<ScriptLine, 'lane'> => ({ answer: { as: 'text', text } });
