import { z } from 'zod';
import { sha256 } from '../core/draft.ts';
import { UNCLEAR } from '../core/facts.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { Proposal } from '../flow/ports/world.ts';

/** Asks for one of the kinds of work there are, or `unclear`. `text` is that of `personas/_propose.md`. */
export function proposalOf(text: string, { kinds }: RuleSet): Proposal {
  const work = [...kinds.values()].filter(({ sort }) => sort === 'work');
  const answer = z.strictObject({ kind: z.enum([...work.map(({ id }) => id), UNCLEAR]) });
  return {
    system: `${text.trimEnd()}\n\n${work.map(({ id, title }) => `- ${id}: ${title}`).join('\n')}`,
    hash: sha256(text),
    schema: z.toJSONSchema(answer),
    parse: (said) => {
      const read = answer.safeParse(valueOf(said));
      return read.success ? read.data.kind : null;
    },
  };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
