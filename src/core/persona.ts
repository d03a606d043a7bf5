import type { WorkKind } from './kind.ts';
import type { Lane } from './lane.ts';
import type { Gate } from './verdict.ts';

/** Who gets what a persona declines when no persona does: a person. */
export const HUMAN = 'human';

/** What a persona declines, and to whom it hands that. */
export type Decline = {
  readonly what: string;
  /** Id of a persona, or `human`. */
  readonly to: string;
  /** Ids of the kinds of work meant; may be empty when no kind of the practice covers it. */
  readonly kinds: readonly string[];
  readonly examples: readonly string[];
};

/** One question of a reviewer's checklist, answered by yes or no and by a quotation from the draft. */
export type CheckPoint = { readonly id: string; readonly asks: string };

/** A specialist with one narrow role. */
export type Persona = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly scope: string;
  /** Ids of the kinds it takes. */
  readonly accepts: readonly string[];
  readonly declines: readonly Decline[];
  readonly lane: Lane;
  readonly gate: Gate;
  readonly inputs: string;
  /** What must be known before it starts; it asks where the material does not answer. */
  readonly questions: readonly string[];
  readonly deliverable: string;
  /** Of a reviewer: what it asks of every draft, yes being right. Empty for everybody else. */
  readonly checklist: readonly CheckPoint[];
  readonly version: number;
  /** The brief: at most 1,500 characters. */
  readonly brief: string;
  /** SHA-256 hex of the file's exact text: the revision pinned on every attempt. */
  readonly hash: string;
};

/** An imported persona that is not in force: nobody accepted it yet, or its file is no longer the accepted text. */
export type Waiting = { readonly id: string; readonly why: 'new' | 'changed' };

/** All personas of a practice and the preamble that reaches each of them once. */
export type Personas = {
  /** Those in force. */
  readonly byId: ReadonlyMap<string, Persona>;
  readonly waiting: readonly Waiting[];
  readonly preamble: string;
  /** What a model is asked that proposes a kind; it stands in no persona's file. Empty where there is none. */
  readonly proposing: string;
  /** The exact text of each file by its SHA-256 hex, to be kept for ever. */
  readonly texts: ReadonlyMap<string, string>;
};

/** Whether a persona takes a kind of work; decided by code, before any model is called. */
export type Acceptance =
  | { readonly is: 'accepts' }
  | { readonly is: 'declines'; readonly to: string; readonly what: string };

/**
 * Takes a kind or declines it with the colleague it belongs to. `fallback` is the kind's own persona, to whom
 * work goes that no line of `declines` names.
 */
export function acceptOrDecline(persona: Persona, kind: string, fallback: string): Acceptance {
  if (persona.accepts.includes(kind)) return { is: 'accepts' };
  const line = persona.declines.find((d) => d.kinds.includes(kind));
  if (line !== undefined) return { is: 'declines', to: line.to, what: line.what };
  return { is: 'declines', to: fallback === persona.id ? HUMAN : fallback, what: kind };
}

/** What happens to declined work: it goes on to a colleague, or a person is asked. */
export type HandOff =
  | { readonly is: 'hand_on'; readonly to: string }
  | { readonly is: 'ask'; readonly why: 'human' | 'unknown' | 'back' | 'limit' };

/**
 * Hands declined work on. `had` are the personas that had it, in order; at most `most` hand-offs, never back to
 * one that had it, and to nobody whom the practice does not have.
 */
export function handOff(
  to: string | null,
  had: readonly string[],
  rules: { readonly most: number; readonly known: (id: string) => boolean },
): HandOff {
  if (to === null || to === HUMAN) return { is: 'ask', why: 'human' };
  if (!rules.known(to)) return { is: 'ask', why: 'unknown' };
  if (had.includes(to)) return { is: 'ask', why: 'back' };
  // Whoever had it first was not handed it: two personas in the list are one hand-off.
  if (had.length - 1 >= rules.most) return { is: 'ask', why: 'limit' };
  return { is: 'hand_on', to };
}

/**
 * The shared words; whether the texts of the files are asked for afterwards, one by one; and whether placeholders stand in
 * the material.
 */
export type Frame = {
  readonly preamble: string;
  readonly inParts?: boolean;
  readonly redacted?: boolean;
};

/**
 * The words a persona works under: the shared preamble with its own lines and those of the kind filled in. All text
 * stands in `personas/`; this only joins it. What stands between `{{#name}}` and `{{/name}}` is for those alone who have
 * something to fill in there. Unknown `{{names}}` stay as they are.
 */
export function systemPrompt(
  persona: Persona,
  kind: WorkKind,
  { preamble, inParts = false, redacted = false }: Frame,
): string {
  const lines: Lines = {
    ...linesOf(persona),
    parts: inParts ? 'yes' : '',
    redacted: redacted ? 'yes' : '',
    kind: kind.title,
    file_name: kind.deliverable.name,
    file_type: kind.deliverable.type,
  };
  const said = preamble.replace(SECTION, (_whole, name: string, text: string) =>
    lines[name] ? text : '',
  );
  return filled(said, lines);
}

/**
 * The words of a persona that works alone, outside AIOS: a template of sections with its own lines and `more` filled
 * in. A section with a line that has nothing to say, such as the checklist of who reviews nothing, is left out.
 */
export function standAlonePrompt(persona: Persona, template: string, more: Lines): string {
  const lines = { ...linesOf(persona), ...more };
  const said = template.split(/^(?=# )/m).filter((section) => {
    const names = [...section.matchAll(/^\{\{(\w+)\}\}$/gm)].map(([, name = '']) => name);
    return names.every((name) => lines[name] !== '');
  });
  return filled(said.join(''), lines);
}

type Lines = Readonly<Record<string, string>>;

function filled(template: string, lines: Lines): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => lines[name] ?? whole);
}

function linesOf(persona: Persona): Lines {
  return {
    id: persona.id,
    title: persona.title,
    scope: persona.scope,
    inputs: persona.inputs,
    deliverable: persona.deliverable,
    questions: persona.questions.map((asks) => `- ${asks}`).join('\n'),
    declines: persona.declines.map((d) => `- ${d.what}: ${d.to}`).join('\n'),
    checklist: persona.checklist.map(({ id, asks }) => `- ${id}: ${asks}`).join('\n'),
    brief: persona.brief,
  };
}

/** Lines that only some personas get, marks included. */
const SECTION = /^\{\{#(\w+)\}\}\n([\s\S]*?)^\{\{\/\1\}\}\n/gm;
