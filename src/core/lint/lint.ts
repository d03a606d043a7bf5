import { Fault } from '../fault.ts';
import { lintChecklists } from './checklists.ts';
import type { Compared, Desk } from './desk.ts';
import type { ListName, Remark } from './finding.ts';
import { LEVELS } from './finding.ts';
import { laneRegions } from './lane-regions.ts';
import { lintLanes } from './lanes.ts';
import { lintLimits } from './limits.ts';
import { lintSeconds } from './seconds.ts';
import type { Space } from './space.ts';
import { makeSpace } from './space.ts';
import { lintStarts } from './starts.ts';
import { makeFinder } from './witness.ts';

export type Linting = {
  readonly rules: Compared;
  readonly cases: Desk['cases'];
  /** Ids of the personas, of which a person may name any. */
  readonly personas: readonly string[];
  readonly accepts: (persona: string, kind: string) => boolean;
  /** Steps after which the comparison ends unproven; for tests. */
  readonly most?: number;
};

/**
 * Compares the written conditions with one another, exactly: nothing is sampled, and every witness is a set of facts with
 * which the program decides as the remark says. What takes too many steps is told as not proven.
 */
export function lintRules({ rules, cases, personas, accepts, most }: Linting): readonly Remark[] {
  const remarks: Remark[] = [];
  const kinds = [...rules.kinds.values()];
  const space = spaceOf({ rules, personas }, most);
  const finder = makeFinder(space, kinds);
  const tell = (remark: Remark): void => void remarks.push(remark);
  const desk: Desk = { ...finder, space, rules, kinds, cases, accepts, tell };
  proving(desk, ['limits'], () => lintLimits(desk));
  proving(desk, ['lanes', 'start', 'kinds'], () => {
    const regions = laneRegions(desk, rules.limits);
    lintLanes(desk, regions);
    lintStarts(desk, regions);
    lintSeconds(desk, regions);
  });
  proving(desk, ['approving'], () => lintChecklists(desk));
  return remarks.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** The space in which these rules are compared; for tests as well, which ask whether facts lie where a remark says. */
export function spaceOf(
  { rules, personas }: Pick<Linting, 'rules' | 'personas'>,
  most?: number,
): Space {
  const kinds = [...rules.kinds.values()];
  const seconds = kinds.flatMap((kind) =>
    kind.sort === 'work' && kind.second !== undefined ? [kind.second] : [],
  );
  const lists = [rules.limits, rules.lanes, rules.starts, rules.checklists, seconds];
  const whens = lists.flatMap((list) => list.map(({ when }) => when));
  const named = JSON.stringify(whens.map(({ persona }) => persona ?? null));
  const stranger = personas.find((id) => !named.includes(`"${id}"`)) ?? 'somebody-else';
  return makeSpace({ kinds, whens, stranger }, most);
}

function proving(desk: Desk, lists: readonly ListName[], prove: () => void): void {
  try {
    prove();
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'too_large') throw thrown;
    for (const list of lists)
      desk.tell({
        level: 'note',
        code: 'not-proven',
        spot: { list, index: 0, part: 'id' },
        rule: '',
        by: [],
        says: `not proven: the rules of ${list}.yaml are too many and too tangled to compare every combination of facts. What was found before holds; there may be more.`,
        witness: null,
      });
  }
}
