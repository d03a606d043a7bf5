import type { Gate } from './verdict.ts';

/** What the record says about the part AI had in delivered bytes. */
export type Disclosed = {
  /** Technical names of the models that wrote in them, each once; none where an exact program made them. */
  readonly models: readonly string[];
  readonly humanEdited: boolean;
  readonly gate: Gate;
  /** Whether stand-ins may have answered instead of models. */
  readonly rehearsal: boolean;
};

/**
 * The words that go out with a delivery. Made of the record alone, so that whoever holds the record can make them again
 * and compare: its entry holds their SHA-256.
 */
export function disclosureText({ models, humanEdited, gate, rehearsal }: Disclosed): string {
  const made =
    models.length === 0
      ? 'Made by an exact program. No AI model was used.'
      : `Written with AI (${models.join(', ')})${humanEdited ? ' and edited by a person' : ''}.`;
  const checked =
    gate === 'none'
      ? 'Reviewed by a person.'
      : `Checked by machine for ${gate} and reviewed by a person.`;
  const mark = rehearsal ? ' REHEARSAL: stand-ins answered here instead of models.' : '';
  return `${made} ${checked}${mark}`;
}
