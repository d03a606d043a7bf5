import type { Finding } from '../ledger/history.ts';
import { growTree, packPeaks } from '../ledger/tree.ts';
import type { Tree } from '../ledger/tree.ts';
import type { Sql } from './connect.ts';
import type { LogRow } from './look-logs.ts';
import type { Judge, Told } from './verify-judge.ts';
import { readLeaves, readWaiting } from './verify-leaves.ts';
import type { Tell } from './verify-leaves.ts';
import { pointsOf } from './verify-points.ts';
import type { Point } from './verify-points.ts';
import { watchRoots } from './verify-roots.ts';
import type { Stray } from './verify-roots.ts';
import type { LogVerdict, Trust } from './verify-types.ts';

/** A log that was read to its end, with what waits to go into it. */
export type LogRead = {
  readonly verdict: LogVerdict;
  readonly told: Told;
  readonly waiting: number;
  /** What was signed or kept of it and is so; and what is not, where it may be of another log. */
  readonly right: readonly Point[];
  readonly stray: readonly Stray[];
  readonly findings: readonly Finding[];
};

const MOST = 1_000;

/**
 * Reads a log from its first entry on: hashes the bytes, grows the tree, holds it against everything that was signed, and
 * has each entry judged. Nothing else may be asked of `tx` meanwhile.
 */
export async function readLog(
  tx: Sql,
  log: LogRow,
  { trust, judge }: { readonly trust: Trust; readonly judge: Judge },
): Promise<LogRead> {
  const known = await pointsOf(tx, log, trust);
  const roots = watchRoots(log.origin, known.points);
  const tree = growTree();
  const { findings, tell } = gather(log);
  await readLeaves(tx, log.id, { tree, roots, judge, tell });
  const waiting = log.closed ? 0 : await readWaiting(tx, judge, { log, first: tree.size() });
  const told = await judge.end();
  const { right, stray } = roots.end(tree);
  compareTree(log, tree, tell);
  return {
    verdict: verdictOf(log, tree, right),
    told,
    waiting,
    right,
    stray: stray.filter(({ isShort }) => isShort === true),
    findings: [
      ...known.findings,
      ...findings,
      ...stray.filter(({ isShort }) => isShort !== true).map(({ finding }) => finding),
      ...told.findings.map((one) => ({ ...one, place: `log ${log.origin}, ${one.place}` })),
    ],
  };
}

function gather({ origin }: LogRow): { findings: Finding[]; tell: Tell } {
  const findings: Finding[] = [];
  return {
    findings,
    tell: (place, says) => {
      if (findings.length < MOST)
        findings.push({ place: `log ${origin}, ${place}`, level: 'fault', says });
    },
  };
}

/** What the database says of how far the log has grown. */
function compareTree(log: LogRow, tree: Tree, tell: Tell): void {
  if (log.size !== tree.size())
    tell('its tree', `expected the size ${tree.size()}, as there are entries, got ${log.size}`);
  else if (!packPeaks(tree.frontier()).equals(log.peaks))
    tell('its tree', 'expected the peaks over its entries, got others');
}

function verdictOf(log: LogRow, tree: Tree, right: readonly Point[]): LogVerdict {
  const of = (sort: Point['sort']): number => right.filter((point) => point.sort === sort).length;
  const root = tree.root().toString('hex');
  return { log, size: tree.size(), root, checkpoints: of('row'), anchors: of('anchor') };
}
