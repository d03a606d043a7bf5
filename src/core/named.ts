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

/** The personas of a set of kinds and how each is asked for. `any`: whether one of them is, whichever; most texts ask none. */
type Asking = {
  readonly any: RegExp;
  readonly each: readonly { readonly id: string; readonly asks: RegExp }[];
};

const ASKED = new WeakMap<ReadonlyMap<string, Kind>, Asking>();

/** How each persona of these kinds is asked for, worked out once: it is looked for in every piece. */
function askedBy(kinds: ReadonlyMap<string, Kind>): Asking {
  const known = ASKED.get(kinds);
  if (known !== undefined) return known;
  const ids = [...kinds.values()].flatMap((kind) => (kind.sort === 'work' ? [kind.persona] : []));
  const unique = [...new Set(ids)];
  const each = unique.map((id) => ({ id, asks: asksFor([id]) }));
  const made = { any: asksFor(unique), each };
  ASKED.set(kinds, made);
  return made;
}

function personaNamed(
  text: string,
  keyed: string | undefined,
  { any, each }: Asking,
): string | undefined {
  if (keyed !== undefined && each.some(({ id }) => id === keyed)) return keyed;
  const lower = text.toLowerCase();
  return any.test(lower) ? each.find(({ asks }) => asks.test(lower))?.id : undefined;
}

/** Whether one of these is asked for. A hyphenated id is nobody's plain word; "editor" is one, so it counts only after "ask", "let", "have" or "for". */
function asksFor(ids: readonly string[]): RegExp {
  const spoken = ids.map((id) => id.replaceAll('-', '[- ]')).join('|');
  const asked = `\\b(?:ask|let|have|get|for|persona)\\s+(?:the\\s+|our\\s+)?(?:${spoken})\\b`;
  const alone = ids.filter((id) => id.includes('-')).map((id) => `|\\b${id}\\b`);
  return new RegExp(`${asked}${alone.join('')}`);
}
