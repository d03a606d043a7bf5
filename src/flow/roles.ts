import type { Asker } from '../core/facts.ts';
import type { Role } from '../core/task.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { RequestRow } from './ports/rows-work.ts';

type About = {
  readonly request: Pick<RequestRow, 'personId'>;
  readonly approvers: readonly PersonRow[];
};

/** The roles a person has towards one request. A guest is never a requester in this sense: only members route work. */
export function rolesOf(person: PersonRow, about: About): readonly Role[] {
  const roles: Role[] = [];
  if (person.role === 'guest') return roles;
  if (person.id === about.request.personId) roles.push('requester');
  if (about.approvers.some((a) => a.id === person.id)) roles.push('approver');
  if (person.role === 'owner') roles.push('owner');
  return roles;
}

/** Whose word a rule takes it for: some lanes take an approver's. */
export function askerOf(roles: readonly Role[]): Asker {
  return roles.some((role) => role === 'approver' || role === 'owner') ? 'approver' : 'colleague';
}

/** The one person a decision waits for: an approver who did not ask for the work, else whoever may decide. */
export function decider(about: About): PersonRow | null {
  return (
    about.approvers.find((a) => a.id !== about.request.personId && a.role !== 'owner') ??
    about.approvers.find((a) => a.role === 'owner') ??
    about.approvers[0] ??
    null
  );
}
