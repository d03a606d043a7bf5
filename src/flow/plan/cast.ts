import type { WorkKind } from '../../core/kind.ts';
import { acceptOrDecline } from '../../core/persona.ts';
import { refOf } from '../../core/rule-set.ts';
import type { RuleRef } from '../../core/rule.ts';
import type { Route } from '../../core/route.ts';
import type { World } from '../ports/world.ts';

/** A specialist who was chosen for a piece, does not take its kind, and to whom the piece goes instead. */
export type DeclinedKind = { readonly by: string; readonly to: string; readonly rule: RuleRef };

/**
 * Whether this specialist takes this kind, decided by what is written of them and before any model is called. Declined
 * work goes to the colleague they name, if the practice has one who takes it, else to the specialist of the kind.
 */
export function declinedKind(
  { library }: Pick<World, 'library'>,
  id: string,
  kind: WorkKind,
): DeclinedKind | null {
  const { byId } = library.personas;
  const persona = byId.get(id);
  if (persona === undefined) return null;
  const said = acceptOrDecline(persona, kind.id, kind.persona);
  if (said.is === 'accepts') return null;
  const takes = byId.get(said.to)?.accepts.includes(kind.id) ?? false;
  const rule = refOf(library.rules, 'DECLINE-KIND');
  return { by: id, to: takes ? said.to : kind.persona, rule };
}

/** The route with its piece in the hands of somebody who takes it, and who declined it if anyone did. */
export function cast(
  world: Pick<World, 'library'>,
  route: Route,
): { readonly route: Route; readonly declined: DeclinedKind | null } {
  if (route.is !== 'lane' && route.is !== 'hold') return { route, declined: null };
  const kind = world.library.rules.kinds.get(route.kind);
  const declined = kind?.sort === 'work' ? declinedKind(world, route.persona, kind) : null;
  return { route: declined === null ? route : { ...route, persona: declined.to }, declined };
}
