import type { ReturnState, Role, State } from '../../src/core/task.ts';

/**
 * The life of a task as it was specified, written down a second time and by hand, one line for each event:
 * from, event, who may cause it, where to. `asking[queued]` waits and keeps `queued` to go back to, `expired[same]`
 * keeps what was kept before, `back` goes there. Whoever changes a row of the table has to mean it twice.
 */
const SPECIFIED = `
proposed   change           R/A     proposed
proposed   start            R/A     queued
proposed   start_by_rule    system  queued
proposed   drop             R/A     cancelled
proposed   ask              system  asking[proposed]
proposed   hold             system  held[proposed]
proposed   expire           system  expired[proposed]

queued     claim            system  working
queued     ask              system  asking[queued]
queued     hold             system  held[queued]
queued     escalate         system  queued
queued     reroute          R/A     queued
queued     cancel           R/A     cancelled

working    draft            system  reviewing
working    ask              system  asking[queued]
working    decline          system  queued
working    hold             system  held[queued]
working    retry            system  queued
working    fail             system  failed
working    cancel           R/A     cancelled

reviewing  pass             system  waiting
reviewing  send_back        system  queued
reviewing  ask              system  waiting
reviewing  hold             system  held[reviewing]
reviewing  fail             system  failed
reviewing  cancel           R/A     cancelled

waiting    approve          A       approved
waiting    send_back        A       queued
waiting    edit             A       reviewing
waiting    ask_persona      A       asking[waiting]
waiting    reroute          A       queued
waiting    waive            A       waiting
waiting    reject           A       rejected
waiting    cancel           R/A     cancelled
waiting    remind           system  waiting
waiting    expire           system  expired[waiting]

approved   deliver          system  delivered
approved   delivery_failed  system  approved
approved   void             system  waiting
approved   take_back        A       waiting

asking     answer           R/A     back
asking     reroute          R/A     queued
asking     cancel           R/A     cancelled
asking     remind           system  asking[same]
asking     expire           system  expired[same]

held       resume           system  back
held       raise_budget     A       back
held       reroute          R/A     queued
held       cancel           R/A     cancelled
held       expire           system  expired[same]

failed     retry            R/A     queued
failed     reroute          R/A     queued
failed     cancel           R/A     cancelled
failed     expire           system  expired[queued]

expired    reopen           R/A     back
expired    lapse            system  cancelled
expired    cancel           R/A     cancelled
`;

/** The owner counts as an approver of every client. */
const WHO: Readonly<Record<string, readonly Role[]>> = {
  'R/A': ['requester', 'approver', 'owner'],
  A: ['approver', 'owner'],
  system: ['system'],
};

export type Specified = {
  readonly from: State;
  readonly event: string;
  readonly who: readonly Role[];
  readonly to: State | 'back';
  readonly returnTo: ReturnState | 'keep' | undefined;
};

/** The specified rows, read. */
export const specified: readonly Specified[] = SPECIFIED.split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [from, event, who = '', place = ''] = line.trim().split(/\s+/);
    const [, to, kept] = /^(\w+)(?:\[(\w+)\])?$/.exec(place) ?? [];
    const returnTo = kept === 'same' ? 'keep' : kept;
    return { from, event, who: WHO[who], to, returnTo } as Specified;
  });
