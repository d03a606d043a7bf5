import type { Message } from '../../src/workspace/human/protocol.ts';

export type Button = { readonly block_id: string; readonly action_id: string };

type Element = {
  readonly type?: string;
  readonly action_id?: string;
  readonly text?: { readonly text?: string };
};

/** What a person who agrees to everything presses on a card: for the practice itself, run, approve, and once more where it failed. */
export function agree(message: Message): Button | undefined {
  const buttons = (message.blocks ?? []).flatMap((block) =>
    ((block['elements'] ?? []) as readonly Element[]).map((element) => ({ block, element })),
  );
  const found = buttons.find(({ element }) => agrees(element));
  if (found === undefined) return undefined;
  const { block, element } = found;
  return { block_id: String(block.block_id), action_id: String(element.action_id) };
}

function agrees({ action_id: id = '', text }: Element): boolean {
  if (id.startsWith('answer:')) return text?.text === 'The practice itself';
  return ['run', 'approve'].includes(id) || id.startsWith('retry:');
}

/** The task whose delivery a message is, by the mark in its last line. */
export function deliveryIn(message: Message): string | undefined {
  return /^delivery ([0-9a-f-]{36})$/m.exec(message.text)?.[1];
}
