import { Fault } from './fault.ts';
import type { Mapping, Place, PlaceKind } from './placeholder.ts';
import { MOST_PLACES, placesAlike, placeText } from './placeholder.ts';
import { VALUES } from './private-marks.ts';

/** Takes values out of texts, each the same way in all of them. */
export type Redactor = {
  /** The text with a placeholder for each value. */
  text(text: string): string;
  /** A file name: where it holds a value, `_FILE_1_` and its ending. */
  fileName(name: string): string;
  /** Everything that was taken out so far, and what the redactor began with. */
  mapping(): Mapping;
};

/**
 * Replaces what the checked patterns find (mail, phone, IBAN, card, IP) and the client's own terms, in whatever case and
 * inside of words too. `before` is what was taken out of the same task earlier: the same value gets the same placeholder
 * again. `restore` of the result, with the mapping, gives the text back byte for byte.
 */
export function makeRedactor(terms: readonly string[], before: Mapping = []): Redactor {
  const places: Place[] = [...before];
  const known = new Map(before.map((place) => [keyOf(place.kind, place.value), place]));
  const last = new Map<PlaceKind, number>();
  for (const { kind, number } of before) last.set(kind, Math.max(number, last.get(kind) ?? 0));
  const pattern = termPattern(terms);
  const hold = (kind: PlaceKind, value: string): string => {
    const found = known.get(keyOf(kind, value));
    if (found !== undefined) return placeText(found);
    const number = (last.get(kind) ?? 0) + 1;
    if (number > MOST_PLACES) throw tooMany();
    const place = { kind, number, value };
    last.set(kind, number);
    places.push(place);
    known.set(keyOf(kind, value), place);
    return placeText(place);
  };
  const without = (text: string, depth: number): string => {
    const spans = depth > DEEPEST ? [wholeOf(text)] : joined(spansIn(text, pattern));
    if (spans.length === 0) return text;
    let out = '';
    let from = 0;
    for (const { at, end, kind } of spans) {
      out += without(text.slice(from, at), depth + 1) + hold(kind, text.slice(at, end));
      from = end;
    }
    // What stood beside a value may be one, now that nothing stands before it any more.
    return out + without(text.slice(from), depth + 1);
  };
  return {
    text: (text) => without(text, 0),
    fileName: (name) => {
      if (spansIn(name, pattern).length === 0) return name;
      const stem = name.replace(/\.[a-z0-9]{1,10}$/i, '');
      return `${hold('FILE', stem)}${name.slice(stem.length)}`;
    },
    mapping: () => places,
  };
}

/** Values hidden behind values, so deep, are nobody's text: the rest is taken out as a whole. */
const DEEPEST = 20;

type Span = { readonly at: number; readonly end: number; readonly kind: PlaceKind };

function wholeOf(text: string): Span {
  return { at: 0, end: text.length, kind: 'LITERAL' };
}

const VALUE_KINDS = Object.keys(VALUES) as (keyof typeof VALUES)[];

function spansIn(text: string, terms: RegExp | null): readonly Span[] {
  const span = (kind: PlaceKind, found: { at: number; text: string }): Span => ({
    kind,
    at: found.at,
    end: found.at + found.text.length,
  });
  return [
    ...placesAlike(text).map((found) => span('LITERAL', found)),
    ...VALUE_KINDS.flatMap((kind) => VALUES[kind](text).map((found) => span(kind, found))),
    ...(terms === null
      ? []
      : [...text.matchAll(terms)].map((m) => span('TERM', { at: m.index, text: m[0] }))),
  ];
}

/** Values that overlap go out as one, under the name of the longest, so that no part of either stays. */
function joined(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.at - b.at || b.end - a.end);
  const out: { span: Span; longest: number }[] = [];
  for (const span of sorted) {
    const last = out.at(-1);
    const length = span.end - span.at;
    if (last === undefined || span.at >= last.span.end) {
      out.push({ span, longest: length });
      continue;
    }
    const kind = length > last.longest ? span.kind : last.span.kind;
    last.span = { at: last.span.at, end: Math.max(last.span.end, span.end), kind };
    last.longest = Math.max(last.longest, length);
  }
  return out.map(({ span }) => span);
}

/** Longer terms first; composed and decomposed letters, and any white space between words, are the same. */
function termPattern(terms: readonly string[]): RegExp | null {
  const forms = terms.flatMap((term) => [term.normalize('NFC'), term.normalize('NFD')]);
  const sources = [...new Set(forms)]
    .filter((form) => form.trim() !== '')
    .sort((a, b) => b.length - a.length)
    .map((form) => form.trim().split(/\s+/).map(escaped).join('\\s{1,4}'));
  return sources.length === 0 ? null : new RegExp(sources.join('|'), 'giu');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function tooMany(): Fault {
  return new Fault(
    'too_large',
    `Expected at most ${MOST_PLACES} different values to replace in the material, got more. Nothing was sent. Take parts of it out.`,
  );
}

function keyOf(kind: PlaceKind, value: string): string {
  return `${kind} ${value}`;
}
