import type { AnswerFile } from '../../core/answer.ts';
import { unfenced } from '../../core/fence.ts';
import type { Called } from './call-lane.ts';
import { nextAttempt } from './next.ts';
import { fileOf } from './repair-places.ts';
import { takeTurn, withMore } from './take-turn.ts';
import type { Turn } from './take-turn.ts';
import type { World } from '../ports/world.ts';

/**
 * Asks for each file that an answer in parts only named; every other answer stays as it is. Every file is an attempt of its own, with its own tokens and cost; all
 * of them together have the one repair that the answer may have used up already.
 */
export async function fillFiles(
  world: World,
  answered: Called,
  signal: AbortSignal,
): Promise<Called> {
  if (answered.is !== 'answer' || !answered.begun.inParts) return answered;
  const { answer } = answered;
  if (answer.fit !== 'mine') return answered;
  const named = answered.result.text;
  const texts: AnswerFile[] = [];
  let { begun, result } = answered;
  for (const { name } of answer.deliverable_files) {
    const material = await withMore(world, begun, {
      material: begun.material,
      before: 'Your answer without the texts of its files:',
      block: { label: 'your answer', text: named },
      after: fileRequest(name),
    });
    const part = { result, outcome: 'ok', purpose: 'work', rule: 'IN-PARTS', material } as const;
    const next = await nextAttempt(world, begun, part);
    const taken = await takeTurn(world, next, fileTurn(world, { material, signal }));
    if (taken.is !== 'taken') return taken;
    ({ begun, result } = taken);
    texts.push({ name, text: unfenced(taken.value) });
  }
  const filled = { ...answer, deliverable_files: texts };
  return { ...answered, begun, result, answer: filled, files: texts.map(fileOf) };
}

/** The last line of the material of such a turn. */
function fileRequest(name: string): string {
  return `Now write the file ${name}: its whole text, and nothing else.`;
}

function fileTurn(
  { library }: World,
  asked: Pick<Turn<string>, 'material' | 'signal'>,
): Turn<string> {
  return {
    ...asked,
    read: (result) => {
      const text = library.readFileText(result.text);
      if (text === null)
        return { is: 'bad', issues: ['expected the text of the file, got nothing'] };
      return { is: 'ok', value: text };
    },
  };
}
