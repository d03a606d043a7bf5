import { estimate } from '../../core/price-estimate.ts';
import type { Estimate } from '../../core/price-estimate.ts';
import type { Facts, Sourced } from '../../core/facts.ts';
import { plainFacts } from '../../core/facts.ts';
import { tableMinutes } from '../../core/minutes.ts';
import { LANES } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import type { Given } from '../../core/given.ts';
import type { Reading } from '../../core/read.ts';
import { readPiece } from '../../core/read.ts';
import type { KindCandidate } from '../../core/read-kind.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import { route } from '../../core/route.ts';
import type { Route } from '../../core/route.ts';
import type { Piece } from '../../core/split/split.ts';
import type { LaneOffer } from '../../core/trace.ts';
import { tokens } from '../../core/words.ts';
import { cast } from './cast.ts';
import type { DeclinedKind } from './cast.ts';
import { contentsOf } from './brought.ts';
import type { AheadFile, BroughtFile } from './brought.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { LaneHealth } from '../ports/lanes.ts';
import type { OwnReading, World } from '../ports/world.ts';
import { wished } from './wishes.ts';
import type { Brought, Wishes } from './wishes.ts';

/** What the body of a piece holds: its words, its files, and what people answered about it since. */
export type PieceBody<F extends AheadFile = BroughtFile> = {
  readonly text: string;
  readonly files: readonly F[];
  readonly said: readonly string[];
  /** What stood around the pieces of the request and belongs to none: it can only raise. Absent in older bodies. */
  readonly around?: string;
  /** The pieces that were said in one breath with it: they too can only raise. Absent where none were. */
  readonly beside?: readonly string[];
};

export type Health = Readonly<Record<Lane, LaneHealth>>;

/** How all lanes are, asked at once; with a Slack user id the seat as it is for that person. */
export async function lanesNow(world: Pick<World, 'lanes'>, asker?: string): Promise<Health> {
  const pairs = await Promise.all(
    LANES.map(async (id) => [id, await world.lanes[id].health(asker)] as const),
  );
  return Object.fromEntries(pairs) as Health;
}

/** Text of a file if it is text: UTF-8 without a NUL byte; undefined otherwise. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}

/** Words of the files of a piece, as they were counted when its facts were read: what is in the facts beside its own. */
export function fileWordsOf({ words }: Pick<Facts, 'words'>, piece: PieceBody): number {
  return Math.max(0, words - tokens([piece.text, ...piece.said].join('\n')).length);
}

export type Decided = {
  readonly route: Route;
  /** Who was chosen and does not take this kind; null when nobody had to decline. */
  readonly declined: DeclinedKind | null;
  readonly facts: Facts;
  readonly candidates: readonly KindCandidate[];
  readonly minutes: number;
  /** The files it was decided with. */
  readonly files: readonly AheadFile[];
};

export type Weigh = Wishes & {
  readonly piece: PieceBody<AheadFile>;
  /** Words inside its text files. */
  readonly fileWords: number;
  readonly client: Pick<ClientRow, 'cloud'>;
  readonly health: Health;
  /** How this client's words are read; absent or null where there is nothing but the practice's own examples. */
  readonly own?: OwnReading | null;
  readonly rounds?: number;
  /** What the piece it comes after will bring; absent where it comes after none. */
  readonly brought?: Brought;
};

/** What deciding needs of the world: what is written, and the time for prices. */
export type Deciding = Pick<World, 'library' | 'clock'>;

/** Reads the facts of a piece and lets the rules decide; pure but for the rules, prices and health it is given. */
export function decidePiece(world: Deciding, weigh: Weigh): Decided {
  const { rules } = world.library;
  const answer = weigh.piece.said.at(-1);
  const given: Given = {
    ...(answer === undefined ? {} : { answer }),
    cloud: weigh.client.cloud,
    fileWords: weigh.fileWords,
    contents: contentsOf(weigh.piece.files),
    unread: weigh.piece.files.filter((f) => f.unread !== undefined).map((f) => f.name),
    ...(weigh.kind === undefined ? {} : { kind: weigh.kind }),
    ...(weigh.piece.around === undefined ? {} : { around: weigh.piece.around }),
    ...(weigh.piece.beside === undefined ? {} : { beside: weigh.piece.beside }),
    ...(weigh.asker === undefined ? {} : { asker: weigh.asker }),
    follows: weigh.brought !== undefined,
    ...(weigh.rounds === undefined ? {} : { rounds: weigh.rounds }),
    ...(weigh.sensitivity === undefined ? {} : { sensitivity: weigh.sensitivity }),
    ...(weigh.waived === undefined ? {} : { waived: weigh.waived }),
  };
  const piece = {
    text: [weigh.piece.text, ...weigh.piece.said].join('\n'),
    files: weigh.piece.files.map((f) => f.name),
  };
  const { facts: read, candidates } = readWith(weigh.own ?? null, { piece, rules, given });
  const facts = wished(read, weigh, weigh.brought);
  const decided = route(facts, rules, offers(world, weigh));
  return {
    ...cast(world, decided),
    facts: plainFacts(decided.trace.facts),
    candidates,
    minutes: minutesFor(world, facts),
    files: weigh.piece.files,
  };
}

type ToRead = { readonly piece: Piece; readonly rules: RuleSet; readonly given: Given };

/** Reads with a client's own examples where it has any, and notes which: whoever reads it again later may have others. */
function readWith(own: OwnReading | null, { piece, rules, given }: ToRead): Reading {
  if (own === null) return readPiece(piece, rules, given);
  const reading = readPiece(piece, { ...rules, classify: own.classify }, given);
  const { kind } = reading.facts;
  if (kind.from === 'person') return reading;
  return { ...reading, facts: { ...reading.facts, kind: { ...kind, examples: own.set } } };
}

function offers(world: Deciding, weigh: Weigh): readonly LaneOffer[] {
  return LANES.filter((lane) => weigh.health[lane].is === 'ready').map((lane) => {
    const price = priceAhead(world, weigh, lane);
    return { lane, price: price.basis === 'unpriced' ? null : price.high };
  });
}

/** The price range of a piece on a lane, for the plan card and for the rules. */
export function priceAhead(
  world: Deciding,
  { piece, health }: Pick<Weigh, 'piece' | 'health'>,
  lane: Lane,
): Estimate {
  const now = health[lane];
  const ahead = {
    words: countWords([piece.text, ...piece.said].join('\n')),
    // Of a document only its text goes to a lane.
    files: piece.files.map((f) => f.text ?? f),
    lane,
    asked: {
      provider: PROVIDERS[lane],
      model: now.is === 'ready' ? now.model : '',
      at: world.clock.now(),
    },
    rehearsal: now.is === 'ready' && now.rehearsal,
  };
  return estimate(ahead, world.library.prices);
}

/** Who sells what a lane uses, as price rows name them. */
export const PROVIDERS: Readonly<Record<Lane, string>> = {
  tool: 'aios',
  local: 'ollama',
  seat: 'github.copilot',
  senior: 'anthropic',
};

function minutesFor(world: Deciding, { kind, words, files }: Sourced): number {
  const sized = { kind: kind.value, words: words.value, files: files.value };
  return tableMinutes(world.library.rules, 'byHand', sized);
}
