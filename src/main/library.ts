import { systemPrompt } from '../core/persona.ts';
import type { Library } from '../flow/ports/world.ts';
import type { Accepting } from '../library/accepted.ts';
import { contractOf, readFileText } from '../library/answer.ts';
import { loadLibrary } from '../library/load.ts';
import { loadPrices } from '../library/prices.ts';
import { proposalOf } from '../library/proposal.ts';

/**
 * Reads rules, personas and prices; the imported persona `accepting` counts as accepted. Throws Fault `bad_rules` with every fault as file:line:column.
 */
export async function openLibrary(folders: {
  readonly rules: string;
  readonly personas: string;
  readonly accepting?: Accepting;
}): Promise<Library> {
  const [{ rules, personas }, prices] = await Promise.all([
    loadLibrary(folders.rules, folders.personas, folders.accepting),
    loadPrices(folders.rules),
  ]);
  return {
    rules,
    personas,
    prices,
    contract: ({ checklist }, inParts) => contractOf({ checklist: checklist.length > 0, inParts }),
    proposal: proposalOf(personas.proposing, rules),
    readFileText,
    systemPrompt: (persona, kind, how) =>
      `${systemPrompt(persona, kind, { preamble: personas.preamble, ...how })}\n\npersona: ${persona.id}\nkind: ${kind.id}`,
  };
}
