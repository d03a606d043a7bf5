import { readFileSync } from 'node:fs';
import type { Answer } from '../../src/core/answer.ts';
import { compose } from '../../src/rehearsal/compose.ts';
import type { Behaviour } from '../../src/rehearsal/script.ts';

export type Given = {
  readonly persona: string;
  readonly request?: string;
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  readonly more?: string;
  readonly answer?: Behaviour;
  readonly schema?: Record<string, unknown>;
};

/** What a stand-in answers as a persona to fenced material. */
export function play(given: Given): Answer {
  const fence = (label: string, text: string) => `<<<${label} 4f1c\n${text}\n4f1c>>>`;
  const material = [
    fence('request', given.request ?? 'Please do your work.'),
    ...(given.files ?? []).map((f) => fence(`file ${f.name}`, f.text)),
    ...(given.more === undefined ? [] : [given.more]),
  ].join('\n\n');
  const prompt = {
    model: 'm',
    system: `persona: ${given.persona}\nkind: any`,
    material,
    schema: given.schema,
    stream: true,
  };
  const line =
    given.answer === undefined ? undefined : { lane: 'local' as const, answer: given.answer };
  return JSON.parse(compose(prompt, line)) as Answer;
}

/** A file of the sample day. */
export function ofTheDay(name: string): { name: string; text: string } {
  return {
    name,
    text: readFileSync(new URL(`../../fixtures/day/${name}`, import.meta.url), 'utf8'),
  };
}

export function textIn(answer: Answer, name?: string): string {
  const file = answer.deliverable_files.find((f) => name === undefined || f.name === name);
  if (file === undefined)
    throw new Error(`expected a file ${name ?? ''} in ${JSON.stringify(answer)}`);
  return file.text;
}
