import type { KnownBlock } from '@slack/types';
import type { PlanMessage, PlanPiece } from '../../flow/ports/message.ts';
import { listText } from '../../core/list-text.ts';
import { price } from '../amounts.ts';
import { button, menu, row, section, sections, smallPrint } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { allowed, EXAMPLE_BUTTON, PIECE_BUTTONS, PLAN_BUTTONS } from '../buttons.ts';
import { bold, join, line, NOTHING, person, safe, say } from '../text.ts';
import type { SafeText } from '../text.ts';

const MOST_PIECES = 15;
const MOST_NOTES = 5;
/** Characters for what was not used as work: all of it, as far as one message can hold it beside its pieces. */
const UNUSED_ROOM = { whole: 2600, perPiece: 120 };
/** Characters for what the pieces of a plan say of themselves, all together and each. */
const SAYS_ROOM = { whole: 4500, each: 600 };
const MOST_RETRIES = 10;

/** The plan of a request: one message, edited until its last piece is done. */
export function plan(message: PlanMessage): Blocks {
  const shown = message.pieces.slice(0, MOST_PIECES);
  const left = message.pieces.length - shown.length;
  const room = Math.min(SAYS_ROOM.each, Math.floor(SAYS_ROOM.whole / Math.max(1, shown.length)));
  return [
    section(head(message)),
    ...shown.map((piece) =>
      section(pieceText(piece, room), menu(message.card, menuOf(piece), piece.ordinal)[0]),
    ),
    ...(left > 0
      ? [
          section(
            say`… and ${left} more pieces: \`/aios status ${line(message.number)}\` shows them`,
          ),
        ]
      : []),
    ...smallPrint(reasons(shown)),
    ...sections(notes(message)),
    ...buttons(message),
    section(
      join([...message.approverOnly.map((why) => safe(`${why}.`, 200)), ceiling(message)], '\n'),
    ),
  ];
}

function head(message: PlanMessage): SafeText {
  const calls = message.mention === null ? NOTHING : say`  ${person(message.mention)}`;
  const from = say`${line(message.client, 100)}, from ${person(message.requester)}`;
  return say`${bold(line(message.number))} ${from}: "${line(message.words, 500)}"${calls}`;
}

function pieceText(piece: PlanPiece, room: number): SafeText {
  const facts = [
    where(piece),
    piece.lane === null ? NOTHING : price(piece.price),
    say`${piece.minutes} min by hand`,
    piece.after === null ? NOTHING : say`after ${piece.after}`,
  ];
  const title = bold(say`${piece.ordinal}  ${line(piece.title, 120)}`);
  return join([title, join(facts, ' · '), safe(piece.says, room)], '\n');
}

function where({ persona, lane }: PlanPiece): SafeText {
  const who = line(persona, 60);
  return lane === null ? say`${who}, lane not chosen yet` : say`${who} on ${lane as SafeText}`;
}

function menuOf(piece: PlanPiece): {
  verb: 'change' | 'drop' | 'why' | 'reroute' | 'take_back' | 'retry' | 'example';
  choice: string;
  label: string;
}[] {
  const buttons = allowed(PIECE_BUTTONS, piece.may).filter((b) => b.spot === 'menu');
  return [...buttons, ...(piece.taught ? [EXAMPLE_BUTTON] : [])].map(({ verb, label }) => ({
    verb,
    choice: String(piece.ordinal),
    label: `${label} (${piece.number})`,
  }));
}

/** One line for each lane and rule, with the pieces it decided. */
function reasons(pieces: readonly PlanPiece[]): SafeText[] {
  const byRule = new Map<string, PlanPiece[]>();
  for (const piece of pieces) {
    const key = `${piece.lane} ${piece.rule.file} ${piece.rule.title}`;
    byRule.set(key, [...(byRule.get(key) ?? []), piece]);
  }
  const lines = [...byRule.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [reason(first, [first, ...rest])],
  );
  return lines.slice(0, MOST_NOTES);
}

function reason(first: PlanPiece, all: readonly PlanPiece[]): SafeText {
  const which = line(listText(all.map((p) => p.ordinal)));
  const rule = say`"${line(first.rule.title, 120)}" (${line(first.rule.file, 60)})`;
  const what = first.lane === null ? say`a question` : (first.lane as SafeText);
  return say`Why ${what} for ${which}: ${rule}`;
}

function notes(message: PlanMessage): SafeText[] {
  const { context, answers } = message;
  const unused = fitting(message);
  const more = context.length - unused.length;
  return [
    ...answers.slice(0, MOST_NOTES).map((a) => safe(a, 300)),
    unused.length === 0 ? NOTHING : say`Not used as work: ${join(unused, ', ')}`,
    more > 0 ? say`… and ${more} more sentences not used as work` : NOTHING,
  ];
}

/** As many of the sentences that were not used as there is room for. */
function fitting({ context, pieces }: PlanMessage): SafeText[] {
  let room = UNUSED_ROOM.whole - UNUSED_ROOM.perPiece * Math.min(pieces.length, MOST_PIECES);
  const shown: SafeText[] = [];
  for (const words of context) {
    const one = say`"${line(words, 200)}"`;
    room -= one.length + 2;
    if (room < 0) break;
    shown.push(one);
  }
  return shown;
}

function buttons(message: PlanMessage): KnownBlock[] {
  const { card, pieces, number } = message;
  const may = pieces.flatMap((p) => p.may);
  const offered = onceEach(allowed(PLAN_BUTTONS, may));
  const starts = pieces.filter((p) => p.may.includes('start')).map((p) => p.ordinal);
  const main = offered
    .filter((b) => b.spot === 'button')
    .map(({ verb, label }) =>
      button({
        verb,
        card,
        label: verb === 'run' ? runLabel(starts) : label,
        about: `plan of ${number}`,
        primary: verb === 'run',
      }),
    );
  const rest = offered.filter((b) => b.spot === 'menu');
  return row([...main, ...retries(message), ...menu(card, rest)]);
}

/** A verb that several events allow is offered once. */
function onceEach<R extends { readonly verb: string }>(rows: readonly R[]): readonly R[] {
  return rows.filter((row, i) => rows.findIndex(({ verb }) => verb === row.verb) === i);
}

function runLabel(ordinals: readonly number[]): string {
  return ordinals.length > 4 ? `Run ${ordinals.length} pieces` : `Run ${listText(ordinals)}`;
}

/** A failed or expired piece comes back by a button of its own. */
function retries({ card, pieces }: PlanMessage): ReturnType<typeof button>[] {
  const buttons = pieces.flatMap(({ ordinal, number, title, may }) =>
    allowed(PIECE_BUTTONS, may)
      .filter((b) => b.spot === 'button')
      .map(({ verb, label }) => {
        const about = `${number} ${title}`;
        return button({ verb, card, choice: String(ordinal), label: `${label} ${ordinal}`, about });
      }),
  );
  return buttons.slice(0, MOST_RETRIES);
}

function ceiling({ atMost }: PlanMessage): SafeText {
  const cost = {
    free: say`Costs nothing.`,
    rehearsal: say`Costs nothing: this is a rehearsal.`,
    unknown: say`The cost is not known before it runs.`,
    range:
      atMost.is === 'range'
        ? say`At most ${price({ is: 'range', low: atMost.high, high: atMost.high })}.`
        : NOTHING,
  }[atMost.is];
  return say`${cost} Nothing is sent out before you approve it.`;
}
