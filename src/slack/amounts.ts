import { usd } from '../core/money.ts';
import type { PriceView } from '../flow/ports/message.ts';
import { line, say } from './text.ts';
import type { SafeText } from './text.ts';

/** A price for people. What is not known is never shown as nothing. */
export function price(view: PriceView): SafeText {
  if (view.is === 'free') return say`free`;
  if (view.is === 'rehearsal') return say`no cost in a rehearsal`;
  if (view.is === 'unknown') return say`cost not known`;
  const [low, high] = [line(usd(view.low)), line(usd(view.high))];
  return low === high ? low : say`${low} to ${high}`;
}

/** `12 B`, `3.4 kB`, `1.2 MB`. */
export function size(bytes: number): SafeText {
  if (bytes < 1000) return say`${bytes} B`;
  if (bytes < 1_000_000) return line(`${(bytes / 1000).toFixed(1)} kB`);
  return line(`${(bytes / 1_000_000).toFixed(1)} MB`);
}

/** The ends of a hash, enough to compare two by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 8)}…${sha256.slice(-4)}`;
}
