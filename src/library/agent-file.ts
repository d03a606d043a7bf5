import { stringify } from 'yaml';
import { z } from 'zod';
import type { Persona, Personas } from '../core/persona.ts';
import { HUMAN, standAlonePrompt } from '../core/persona.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { sectionsOf } from './practice.ts';
import type { Problems } from './problems.ts';
import { checked, readYaml } from './yaml-file.ts';

/**
 * Agent files as Claude Code reads them (https://code.claude.com/docs/en/sub-agents): front matter with `name` and
 * `description`, by which it chooses whom to ask, and whatever else; then the words the agent works under.
 */
export type Agent = {
  readonly name: string;
  readonly description: string;
  /** Everything else of the front matter, as it was written. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** The section of the preamble that holds outside AIOS as well. */
const HELD = 'What we hold to';

/** How a file tells that it was made here, so that nobody's own file is written over. */
const MADE = '<!-- Made by `aios personas export`';

type Making = {
  readonly rules: Pick<RuleSet, 'kinds'>;
  readonly personas: Pick<Personas, 'preamble'>;
  /** `personas/_agent.md` */
  readonly template: string;
};

/** A persona as an agent file: what it is for and what it hands on as its description, its brief among words that stand alone. */
export function agentText(persona: Persona, { rules, personas, template }: Making): string {
  const titles = persona.accepts.map((kind) => rules.kinds.get(kind)?.title ?? kind);
  const body = standAlonePrompt(persona, template.trim(), {
    held: sectionsOf(personas.preamble).get(HELD) ?? '',
    kinds: titles.map((title) => `- ${title}`).join('\n'),
  });
  const front = { name: persona.id, description: descriptionOf(persona, titles) };
  const made = `${MADE} from ${persona.id} version ${persona.version}, revision ${persona.hash}. Change it there. -->`;
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${body}\n\n${made}\n`;
}

function descriptionOf(persona: Persona, titles: readonly string[]): string {
  const not = persona.declines.map(
    ({ what, to }) => `${what} (${to === HUMAN ? 'that is for a person' : `ask ${to}`})`,
  );
  return `${persona.scope}. Use it to: ${titles.join('; ')}. Not for: ${not.join('; ')}.`;
}

/** Whether a file was made here. */
export function isMadeHere(whole: string): boolean {
  return whole.includes(`\n${MADE}`);
}

const agent = z.looseObject({
  name: z.string().trim().min(1, 'expected the name of the agent'),
  description: z.string().trim().min(1, 'expected what the agent is for'),
});
const FENCE = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/;

/** Reads an agent file, anybody's. What is wrong goes to `problems` as `file:line:column`; then the result is undefined. */
export function readAgent(shown: string, whole: string, problems: Problems): Agent | undefined {
  const [, front, body = ''] = FENCE.exec(plain(whole)) ?? [];
  if (front === undefined) {
    problems.add(
      `${shown}:1:1`,
      'expected front matter with name and description between two lines of ---, got none. Write it first.',
    );
    return undefined;
  }
  if (hasBareColon(shown, front, problems)) return undefined;
  const yaml = readYaml(shown, front, { problems, skip: 1 });
  const read = yaml === undefined ? undefined : checked(agent, yaml, problems);
  if (read === undefined) return undefined;
  if (body.trim() === '') {
    problems.add(
      `${shown}:${front.split('\n').length + 2}:1`,
      'expected the words the agent works under, got nothing. Write them below the second ---.',
    );
    return undefined;
  }
  const { name, description, ...more } = read;
  return { name, description, more, body: body.trim() };
}

/** Files from elsewhere come with a byte order mark, or with the line ends of Windows. */
function plain(whole: string): string {
  return whole.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** The fault of most agent files that cannot be read: a colon in a text without quotes, which YAML takes for another key. */
function hasBareColon(shown: string, front: string, problems: Problems): boolean {
  const found = front.split('\n').flatMap((line, at) => {
    const [, key = '', text = ''] = /^([\w-]+): +(?!["'|>[{&*])(.*:(?: .*|))$/.exec(line) ?? [];
    const colon = text.search(/:(?: |$)/);
    return key === '' || colon === -1
      ? []
      : [{ key, place: `${shown}:${at + 2}:${line.length - text.length + colon + 1}` }];
  });
  for (const { key, place } of found)
    problems.add(
      place,
      `expected quotes around a text that holds a colon, got ${key} without. Write ${key}: "…" and \\" for each " inside.`,
    );
  return found.length > 0;
}
