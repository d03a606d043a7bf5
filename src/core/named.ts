import type { Kind } from './kind.ts';
import type { Lane } from './lane.ts';
import { LANES } from './lane.ts';

/** What a person named outright. It fills the plan in and starts nothing. */
export type Named = {
  readonly kind?: string;
  readonly lane?: Lane;
  readonly persona?: string;
};

const KEYED = /\b(kind|lane|persona)\s*[:=]\s*([a-z][a-z0-9.-]*)/gi;
const LANE_WORDS = /\b(?:on|in|use|using|with|by|via|through)\s+(?:the\s+)?([a-z]+)\s+lane\b/gi;

/**
 * Reads `kind: draft.blog`, `lane: local`, `persona: editor`, "on the senior lane", and a persona asked by name
 * ("ask the proofreader", "plugin-hardener, please"). Names nobody has are left as plain words.
 */
export function namedIn(text: string, kinds: ReadonlyMap<string, Kind>): Named {
  const keyed = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(KEYED))
    keyed.set(key.toLowerCase(), value.toLowerCase().replace(/[.-]+$/, ''));

  const kind = keyed.get('kind');
  const lane = asLane(keyed.get('lane')) ?? laneInWords(text);
  const persona = personaNamed(text, keyed.get('persona'), askedBy(kinds));
  return {
    ...(kind !== undefined && kinds.has(kind) ? { kind } : {}),
    ...(lane === undefined ? {} : { lane }),
    ...(persona === undefined ? {} : { persona }),
  };
}

function asLane(name: string | undefined): Lane | undefined {
  return LANES.find((lane) => lane === name);
}

function laneInWords(text: string): Lane | undefined {
  return [...text.matchAll(LANE_WORDS)]
    .map(([, name = '']) => asLane(name.toLowerCase()))
    .find((lane) => lane !== undefined);
}

type Asking = { readonly id: string; readonly asks: RegExp };

const ASKED = new WeakMap<ReadonlyMap<string, Kind>, readonly Asking[]>();

/** How each persona of these kinds is asked for, worked out once: it is looked for in every piece. */
function askedBy(kinds: ReadonlyMap<string, Kind>): readonly Asking[] {
  const known = ASKED.get(kinds);
  if (known !== undefined) return known;
  const ids = [...kinds.values()].flatMap((kind) => (kind.sort === 'work' ? [kind.persona] : []));
  const made = [...new Set(ids)].map((id) => ({ id, asks: asksFor(id) }));
  ASKED.set(kinds, made);
  return made;
}

function personaNamed(
  text: string,
  keyed: string | undefined,
  personas: readonly Asking[],
): string | undefined {
  if (keyed !== undefined && personas.some(({ id }) => id === keyed)) return keyed;
  const lower = text.toLowerCase();
  return personas.find(({ asks }) => asks.test(lower))?.id;
}

/** A hyphenated id is nobody's plain word; "editor" is one, so it counts only after "ask", "let", "have" or "for". */
function asksFor(id: string): RegExp {
  const spoken = id.replaceAll('-', '[- ]');
  const asked = `\\b(?:ask|let|have|get|for|persona)\\s+(?:the\\s+|our\\s+)?${spoken}\\b`;
  const alone = id.includes('-') ? `|\\b${id}\\b` : '';
  return new RegExp(`${asked}${alone}`);
}
