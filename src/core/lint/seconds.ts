import type { Second, WorkKind } from '../kind.ts';
import { tellConflict } from './conflict.ts';
import type { Desk } from './desk.ts';
import { anyOf } from './desk.ts';
import type { Region } from './diagram.ts';
import { NONE } from './diagram.ts';
import type { LaneRegions } from './lane-regions.ts';
import { nobodyNamed } from './lane-regions.ts';

/** What can be said of the second personas of kinds: that they, or the first ones, never get any work. */
export function lintSeconds(desk: Desk, { rows }: LaneRegions): void {
  const { space } = desk;
  const own = rows.flatMap(({ rule, wins }) => (rule.persona === undefined ? [wins] : []));
  const chosen = space.and(anyOf(space, own), nobodyNamed(desk));
  desk.kinds.forEach((kind, index) => {
    if (kind.sort !== 'work' || kind.second === undefined) return;
    const of = space.and(
      chosen,
      space.kinds((id) => id === kind.id),
    );
    tellSecond(desk, { kind, second: kind.second, index }, of);
  });
}

type On = { readonly kind: WorkKind; readonly second: Second; readonly index: number };

function tellSecond(desk: Desk, { kind, second, index }: On, of: Region): void {
  const spot = { list: 'kinds', index, part: 'second' } as const;
  if (tellConflict(desk, second.when, { spot, rule: kind.id })) return;
  const mine = desk.space.and(of, desk.space.where(second.when));
  if (of === NONE || (mine !== NONE && mine !== of)) return;
  const never = mine === NONE;
  const [idle, busy] = never ? [second.persona, kind.persona] : [kind.persona, second.persona];
  desk.tell({
    level: 'error',
    code: never ? 'never-reached' : 'always-holds',
    spot,
    rule: kind.id,
    by: [],
    says: `expected some ${kind.id} for ${idle}, got none: ${busy} does all that reaches a lane, for the condition of the second persona ${never ? 'never' : 'always'} holds there. Mend the condition or name one persona.`,
    witness: desk.witness(of),
  });
}
