import { stringify } from 'yaml';
import type { Agent } from './agent-file.ts';
import { frontMatter } from './persona-schema.ts';

/** What a persona's file says beside its brief, in the order in which it is written, and what each is. */
export const ASKED = {
  scope: 'what it does, in one line',
  accepts: 'ids of the kinds of work it takes, from rules/kinds.yaml',
  declines: 'three or more things it does not do, each with the colleague and two examples',
  lane: 'where it usually works: tool, local, seat or senior',
  gate: 'how its drafts are checked: editorial, accessibility, readability or none',
  inputs: 'what must be brought, in one line',
  questions: 'one to four questions that must be answered before it starts',
  deliverable: 'what it gives back, in one line',
} as const;
export type AskedField = keyof typeof ASKED;
export const ASKED_FIELDS = Object.keys(ASKED) as AskedField[];

/** An agent on its way to become a persona; what is not known is absent. */
export type Draft = {
  readonly id: string;
  readonly title: string;
  readonly known: Readonly<Partial<Record<AskedField | 'checklist', unknown>>>;
  readonly description: string;
  readonly brief: string;
  /** Names of what the file said and a persona's does not. */
  readonly leftOut: readonly string[];
};

const OWN: readonly string[] = [...ASKED_FIELDS, 'id', 'title', 'checklist', 'version', 'group'];

/** Takes over what an agent file says. `id` names it anew where its own name is no id. */
export function draftOf({ name, description, more, body }: Agent, id?: string): Draft {
  const own = id ?? idIn(name);
  const { title } = more;
  const taken = [...ASKED_FIELDS, 'checklist' as const].filter((field) => field in more);
  return {
    id: own,
    title: typeof title === 'string' ? title : titleIn(own),
    known: Object.fromEntries(taken.map((field) => [field, more[field]])),
    description,
    brief: body,
    leftOut: Object.keys(more).filter((field) => !OWN.includes(field)),
  };
}

/** A name as an id: small letters with dashes. */
function idIn(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function titleIn(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}

/** Which fields are not known yet. */
export function missingIn({ known }: Draft): readonly AskedField[] {
  return ASKED_FIELDS.filter((field) => known[field] === undefined);
}

/** What is wrong with the value of one field, in words; nothing when it may stand. */
export function wrongWith(field: AskedField, value: unknown): readonly string[] {
  const read = frontMatter.shape[field].safeParse(value);
  return read.success ? [] : read.error.issues.map(({ message }) => message);
}

/** The draft as a file of a persona; what is missing stands there as a comment that says what it is. */
export function importedText(draft: Draft): string {
  const { id, title, known, description, brief } = draft;
  const asked = ASKED_FIELDS.map((field) =>
    known[field] === undefined
      ? `# ${field}: missing: ${ASKED[field]}\n`
      : yamlOf({ [field]: known[field] }),
  );
  const checklist = known.checklist === undefined ? '' : yamlOf({ checklist: known.checklist });
  const front = [yamlOf({ id, title }), ...asked, checklist, 'version: 1\n'].join('');
  const described = description
    .split(/[\r\n]+/)
    .map((line) => `#   ${line.replace(/\p{Cc}/gu, ' ')}`.trimEnd());
  return `---\n# It was described as:\n${described.join('\n')}\n${front}---\n\n${brief}\n`;
}

function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
