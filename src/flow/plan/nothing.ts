import { refOf } from '../../core/rule-set.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import type { RuleRef } from '../../core/rule.ts';
import type { EntryId } from '../../core/id.ts';
import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { audienceOf } from '../place.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** What was asked for and makes no task, with the sentence that answers it and the rule behind it. */
export type Answered = { readonly says: string; readonly rule: RuleRef };

export type Nothing = {
  readonly around: RequestFile & { readonly client: ClientRow };
  readonly answered: readonly Answered[];
  readonly cause: EntryId;
};

/** Answers a request that holds no work for AIOS, and closes it: with what the act holds already. */
export async function nothingToDo(
  world: World,
  act: OpenAct,
  { around, answered, cause }: Nothing,
): Promise<void> {
  const { request, client } = around;
  const rule = answered[0]?.rule ?? refOf(world.library.rules, 'SPLIT-CONTEXT');
  const entry = act.note(
    {
      type: 'request.nothing_to_do',
      actor: { kind: 'rule', id: rule },
      rule,
      client: client.id,
      request: request.id,
      data: { rules: answered.map((a) => a.rule) },
    },
    cause,
  );
  const text = [...new Set(answered.map((a) => a.says))].join('\n');
  const body = await world.bodies.put(
    'note',
    ofRequest(request, client.id),
    text === '' ? 'I found no work in this.' : text,
  );
  act.change({ insert: 'body', row: body.row });
  act.change({
    update: 'request',
    set: { step: 'empty', clientId: client.id, lastEntry: entry },
    where: { id: request.id, step: request.step },
  });
  act.show({
    key: `nothing:${request.id}`,
    kind: 'notice',
    // A client's channel hears of receipts, questions and deliveries alone.
    place: { at: (await audienceOf(world, around)) === 'practice' ? 'origin' : 'review' },
    requestId: request.id,
    note: { code: 'text', with: { body: body.ref.id } },
  });
  await world.store.commit(act.close());
}

/** An answer under one of the rules the program names. */
export function answerBy(world: World, id: NamedRule, says: string): Answered {
  return { says, rule: refOf(world.library.rules, id) };
}
