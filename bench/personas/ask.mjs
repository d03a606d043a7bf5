import { randomUUID } from 'node:crypto';
import { systemPrompt } from '../../dist/core/persona.js';
import { contractOf } from '../../dist/library/answer.js';

const LIMITS = { maxOutputTokens: 4_000, deadlineMs: 300_000 };

/** How a specialist is described to the model: with its whole file, or by its scope alone. */
export const MANNERS = ['brief', 'description'];

/**
 * Asks a lane as that specialist about that request, and gives what it made of it: `mine`, `not_mine`, `unclear`, or
 * `broken` for an answer that does not keep to the contract (there is no repair here) and `failed` for a call that failed.
 */
export async function ask({ lane, library }, { persona, request, manner }) {
  const contract = contractOf({
    checklist: manner === 'brief' && persona.checklist.length > 0,
    inParts: false,
  });
  const call = {
    attempt: randomUUID(),
    purpose: 'work',
    system: systemOf(library, { persona, request, manner }),
    material: materialOf(request),
    files: [],
    schema: contract.schema,
    ...LIMITS,
    signal: AbortSignal.timeout(LIMITS.deadlineMs),
  };
  try {
    const result = await lane.run(call);
    const parsed = contract.parse(result.text);
    const { fit, belongs_to: to } = parsed.is === 'ok' ? parsed.answer : { fit: 'broken' };
    return { fit, to: to ?? null, rehearsal: result.rehearsal, usage: result.usage };
  } catch (thrown) {
    return { fit: 'failed', to: null, rehearsal: false, usage: null, why: thrown.message };
  }
}

/** Foreign work comes under the specialist's own first kind: as if somebody had sent it to the wrong desk. */
export function systemOf({ rules, personas }, { persona, request, manner }) {
  const id = persona.accepts.includes(request.kind) ? request.kind : persona.accepts[0];
  const kind = rules.kinds.get(id);
  const { preamble } = personas;
  const words =
    manner === 'brief'
      ? systemPrompt(persona, kind, { preamble })
      : systemPrompt({ ...persona, checklist: [] }, kind, { preamble: cutToScope(preamble) });
  return `${words}\n\npersona: ${persona.id}\nkind: ${id}`;
}

/** The first line of the preamble, which says who and what for, and how to answer; nothing of whose work is whose. */
export function cutToScope(preamble) {
  const first = preamble.split('\n')[0];
  return `${first}\n\n${preamble.slice(preamble.indexOf('# The answer'))}`;
}

/** Files are named and not given: whether work is one's own shows in what is asked for. */
function materialOf({ text, files = [] }) {
  const fence = (label, words) => `<<<${label} 7d41c09e52ab\n${words}\n7d41c09e52ab>>>`;
  return [
    fence('request', text),
    ...files.map((name) => fence(`file ${name}`, '(came with the request; left out here)')),
  ].join('\n\n');
}
