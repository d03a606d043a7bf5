import { fileOf, takeTurn } from './call-lane.ts';
import type { Called, Turn } from './call-lane.ts';
import { nextAttempt } from './next.ts';
import type { World } from '../ports/world.ts';

type Answered = Extract<Called, { is: 'answer' }>;

/**
 * Asks for each file that an answer only named. Every file is an attempt of its own, with its own tokens and cost; all
 * of them together have the one repair that the answer may have used up already.
 */
export async function fillFiles(
  world: World,
  answered: Answered,
  signal: AbortSignal,
): Promise<Called> {
  const { answer } = answered;
  if (answer.fit !== 'mine') return answered;
  const named = answered.result.text;
  const texts: Answered['answer']['deliverable_files'][number][] = [];
  let { begun, result } = answered;
  for (const { name } of answer.deliverable_files) {
    const asks = fileRequest(name);
    const part = { result, outcome: 'ok', purpose: 'work', rule: 'IN-PARTS', asks } as const;
    const next = await nextAttempt(world, begun, part);
    const material = `${begun.material}\n\nYour answer without the texts of its files:\n${named}\n\n${asks}`;
    const taken = await takeTurn(world, next, fileTurn(world, { material, signal }));
    if (taken.is !== 'taken') return taken;
    ({ begun, result } = taken);
    texts.push({ name, text: taken.value });
  }
  const filled = { ...answer, deliverable_files: texts };
  return { is: 'answer', begun, result, answer: filled, files: texts.map(fileOf) };
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
