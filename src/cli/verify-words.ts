import type { ClientId } from '../core/id.ts';
import type { Finding } from '../ledger/history.ts';
import { shortCheckpoint } from '../ledger/checkpoint.ts';
import type { LogVerdict, Verdict } from '../store/verify-types.ts';

/** What was read, how long that took, and whether it was held against anything kept outside. */
export type Took = {
  readonly verdict: Verdict;
  readonly ms: number;
  readonly isAnchored: boolean;
};

const count = (n: number): string => n.toLocaleString('en-US');

const isFault = ({ level }: Finding): boolean => level === 'fault';

/** In plain sentences: what is wrong first, then what was looked at, and what this cannot show. */
export function verdictText(
  { verdict, ms, isAnchored }: Took,
  name: (client: ClientId | null) => string,
): string {
  const { findings, untold } = verdict;
  const faults = findings.filter(isFault);
  const notes = findings.filter((finding) => !isFault(finding));
  const lines = [
    ...faults.map(({ place, says }) => `WRONG ${place}: ${says}`),
    ...notes.map(({ place, says }) => `note  ${place}: ${says}`),
    ...(untold > 0 ? [`and ${count(untold)} more`] : []),
    ...(findings.length > 0 ? [''] : []),
    ...verdict.logs.map((log) => logText(log, name)),
    '',
    `${count(verdict.entries)} entries were read in ${(ms / 1_000).toFixed(1)} s; ${count(verdict.waiting)} of them wait for their log.`,
    faults.length === 0
      ? `Each is what its hash says, every step follows from the one before, and the text of each of the ${count(verdict.rules)} rules they name is kept.`
      : `${count(faults.length + untold)} things are wrong, each with its place above.`,
    isAnchored ? ANCHORED : UNANCHORED,
  ];
  return `${lines.join('\n')}\n`;
}

const ANCHORED =
  'What was kept outside agrees where nothing above says otherwise: up to there nobody changed this record, whoever owns this machine.';
const UNANCHORED =
  'This was held against what lies on this machine. Whoever owns it could write a whole record anew and sign it; only a checkpoint that was kept elsewhere shows that: --checkpoint FILE, and --vkey with the key from the contract.';

function logText(verdict: LogVerdict, name: (client: ClientId | null) => string): string {
  const { log, size, root, checkpoints, anchors } = verdict;
  const mark = shortCheckpoint({ size, root: Buffer.from(root, 'hex') });
  const ended = log.closed ? ', ended' : '';
  return `${name(log.clientId)}${ended}: ${mark}, agrees with ${count(checkpoints)} checkpoints and with ${count(anchors)} kept beside the key or outside`;
}

/** The same for programs. */
export function verdictJson({ verdict, ms, isAnchored }: Took): string {
  const { findings, logs, ...counts } = verdict;
  const all = {
    sound: !findings.some(isFault),
    held_against_outside: isAnchored,
    ...counts,
    ms: Math.round(ms),
    logs: logs.map(({ log, size, root, checkpoints, anchors }) => ({
      origin: log.origin,
      client: log.clientId,
      epoch: log.epoch,
      ended: log.closed,
      size,
      root,
      checkpoints,
      anchors,
    })),
    findings,
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}
