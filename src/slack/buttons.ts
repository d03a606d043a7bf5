import { QUICK_MINUTES } from '../core/minutes.ts';
import type { TaskEvent } from '../core/task.ts';
import type { Verb } from '../flow/ports/doors.ts';
import type { Choice } from './blocks.ts';

/** Where on a card a verb stands. */
type Spot = 'button' | 'menu';
type Pushed = { readonly verb: Verb; readonly label: string; readonly spot: Spot };

/** The buttons of a gate card, in their order. `event` null: always there. Approve is the primary one, Reject is never beside it. */
export const GATE_BUTTONS = [
  { event: null, verb: 'read', label: 'Read draft', spot: 'button' },
  { event: 'approve', verb: 'approve', label: 'Approve', spot: 'button' },
  { event: 'send_back', verb: 'send_back', label: 'Send back…', spot: 'button' },
  { event: 'edit', verb: 'edit', label: 'Edit', spot: 'menu' },
  { event: 'ask_persona', verb: 'ask', label: 'Ask', spot: 'menu' },
  { event: 'reroute', verb: 'reroute', label: 'Re-route…', spot: 'menu' },
  { event: 'reject', verb: 'reject', label: 'Reject…', spot: 'menu' },
  { event: null, verb: 'why', label: 'Why', spot: 'menu' },
] as const satisfies readonly (Pushed & { readonly event: TaskEvent | null })[];

/** What a plan card offers for one piece. `proposed` pieces are re-routed by Change, so Re-route is never in their `may`. */
export const PIECE_BUTTONS = [
  { event: 'change', verb: 'change', label: 'Change…', spot: 'menu' },
  { event: 'drop', verb: 'drop', label: 'Drop', spot: 'menu' },
  { event: 'reroute', verb: 'reroute', label: 'Re-route…', spot: 'menu' },
  { event: 'take_back', verb: 'take_back', label: 'Take back the approval', spot: 'menu' },
  { event: 'retry', verb: 'retry', label: 'Try again', spot: 'button' },
  { event: 'reopen', verb: 'reopen', label: 'Reopen', spot: 'button' },
  { event: null, verb: 'why', label: 'Why', spot: 'menu' },
] as const satisfies readonly (Pushed & { readonly event: TaskEvent | null })[];

/** What a plan card offers beside these for a piece whose words were kept as an example. */
export const EXAMPLE_BUTTON = { verb: 'example', label: 'Example…' } as const;

/** What a plan card offers for the pieces together: shown when at least one piece allows it. */
export const PLAN_BUTTONS = [
  { event: 'start', verb: 'run', label: 'Run', spot: 'button' },
  { event: 'change', verb: 'change', label: 'Change…', spot: 'button' },
  { event: 'change', verb: 'pieces', label: 'Pieces…', spot: 'button' },
  { event: 'answer', verb: 'pieces', label: 'Pieces…', spot: 'button' },
  { event: 'cancel', verb: 'cancel', label: 'Cancel what is not finished', spot: 'menu' },
] as const satisfies readonly (Pushed & { readonly event: TaskEvent })[];

/** What the receipt of a delivery offers to say about minutes by hand: a figure at once, or a form. */
export const RECEIPT_BUTTONS = [
  ...QUICK_MINUTES.map((n) => ({ verb: 'minutes', choice: String(n), label: `${n} min` }) as const),
  { verb: 'minutes', label: 'Own…' },
] as const satisfies readonly Pick<Choice, 'verb' | 'choice' | 'label'>[];

/** The rows a person may use now, in the order of the table. */
export function allowed<R extends { readonly event: TaskEvent | null }>(
  table: readonly R[],
  may: readonly TaskEvent[],
): readonly R[] {
  return table.filter((row) => row.event === null || may.includes(row.event));
}
