import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/ledger/history.ts';
import { bareLedger, faultsOf } from '../helpers/bare-ledger.ts';
import { newSigner } from '../helpers/bundle.ts';
import { mutateLedger } from '../helpers/mutate-ledger.ts';
import type { LedgerMutation } from '../helpers/mutate-ledger.ts';

const MUTATIONS = 10_000;
const KEPT_EVERY = 6;

const signer = newSigner();
const sound = bareLedger(signer, KEPT_EVERY);

/** The entries a finding is about, first and last; none for one that names no entry. */
function spanOf({ place }: Finding): { readonly first: number; readonly last: number } | undefined {
  const [, first, last = first] = /(?:^|, )entry (\d+)(?: to (\d+))?(?:,|$)/.exec(place) ?? [];
  return first === undefined ? undefined : { first: Number(first), last: Number(last) };
}

function isNamed({ place, ledger }: LedgerMutation, finding: Finding): boolean {
  if ('checkpoint' in place) return finding.place === `checkpoint at ${place.checkpoint}`;
  const span = spanOf(finding);
  if (span === undefined) return false;
  if ('entry' in place) return span.first === place.entry && span.last === place.entry;
  // A log that ends too early is told by its end, wherever the entries were taken out.
  const [end, signed] = [ledger.entries.length, sound.entries.length];
  if (span.first === end && span.last === signed - 1) return true;
  const isClose = span.last - span.first < KEPT_EVERY;
  return isClose && span.first <= place.among && place.among <= span.last;
}

test('the ledger that is tampered with is sound and of some length', () => {
  expect(faultsOf(sound, signer.vkey)).toEqual([]);
  expect(sound.entries.length).toBeGreaterThan(3 * KEPT_EVERY);
});

test(`${MUTATIONS} ways of tampering with a ledger are all caught, with the entry or the checkpoint named`, () => {
  const missed: string[] = [];
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const mutation = mutateLedger(sound, seed, signer);
    const faults = faultsOf(mutation.ledger, signer.vkey);
    if (faults.some((one) => isNamed(mutation, one))) continue;
    const places = faults.map(({ place }) => place).join(', ') || 'nothing found';
    missed.push(`${seed}: ${mutation.what} (${JSON.stringify(mutation.place)}): ${places}`);
  }
  expect(missed).toEqual([]);
}, 600_000);
