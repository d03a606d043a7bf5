import { standingChecks } from '../../core/checks.ts';
import type { Checks } from '../../core/checks.ts';
import type { NanoUsd } from '../../core/money.ts';
import { masksIn } from '../../core/secrets.ts';
import type { OpenAct } from '../act.ts';
import { move } from '../move.ts';
import { textOf } from '../plan/piece.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { reviewJob } from '../start.ts';
import type { Called } from './call-lane.ts';
import { withCost } from './end.ts';
import { putDraft } from './put-draft.ts';
import type { DraftNote } from './put-draft.ts';

type Delivered = {
  readonly called: Extract<Called, { is: 'answer' }>;
  /** What the attempt cost; null is not known. */
  readonly nano: NanoUsd | null;
};

/** Keeps the draft and has it checked. */
export async function drafted(
  world: World,
  act: OpenAct,
  { called, nano }: Delivered,
): Promise<TaskRow> {
  const { begun, answer, files } = called;
  const attempt = called.kept?.author ?? begun.attempt.id;
  const checked = checkedBy(called);
  const left = leftOf(called);
  const made = {
    task: begun.task,
    files,
    answer: { ...answer, ...(checked === null ? {} : { checked }), ...left },
    by: { attempt },
    count: begun.file.drafts.length,
  };
  const draft = await putDraft(world, act, made);
  const actor = { kind: 'persona', id: begun.persona.id, version: begun.persona.hash } as const;
  const reviewing = move(act, begun.task, {
    event: 'draft',
    mover: { by: 'system', rule: begun.task.rule, actor },
    set: { draftId: draft.id, costNano: withCost(begun.task, nano) },
    say: {
      attempt,
      draft: draft.sha256,
      minutes: answer.minutes_by_hand,
      data: {
        version: draft.version,
        files: files.length,
        confidence: answer.confidence,
        ...(checked === null ? {} : { checks: countsOf(checked) }),
        ...(left.unrestored === undefined ? {} : { unrestored: left.unrestored.length }),
        ...(left.masked === undefined ? {} : { masked: left.masked }),
      },
    },
  });
  draft.write(reviewing.lastEntry);
  reviewJob(act, reviewing);
  return reviewing;
}

/** What stands of a reviewer's checklist, held against the request, what came with it and what was made of it. */
function checkedBy({ begun, answer, files }: Delivered['called']): Checks | null {
  const { checklist } = begun.persona;
  if (checklist.length === 0 || answer.checks === undefined) return null;
  const texts = [...begun.files, ...files].map(({ name, bytes }) => ({
    name,
    text: textOf(bytes) ?? '',
  }));
  return standingChecks(answer.checks, checklist, [
    ...texts,
    { name: 'request', text: begun.words },
  ]);
}

/** What of the way out is left in a draft: placeholders that stand for nothing, and marks where secrets were masked. */
function leftOf({
  begun,
  files,
  unrestored,
}: Delivered['called']): Pick<DraftNote, 'unrestored' | 'masked'> {
  if (begun.wayOut.leaving === 'stays') return {};
  const masked = files.reduce((sum, { bytes }) => sum + masksIn(textOf(bytes) ?? ''), 0);
  return {
    ...(unrestored.length === 0 ? {} : { unrestored: unrestored.slice(0, MOST_UNRESTORED) }),
    ...(masked === 0 ? {} : { masked }),
  };
}

/** More than a person would read one by one. */
const MOST_UNRESTORED = 200;

function countsOf({ yes, no, unasked, unfound }: Checks) {
  return { yes, no, thrown_away: unasked + unfound };
}
