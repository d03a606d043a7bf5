import { Fault, sentenceOf } from '../core/fault.ts';
import { EPOCH_REASONS } from '../core/record-words.ts';
import type { EpochReason } from '../core/record-words.ts';
import { beginEpochs } from '../store/epoch.ts';
import type { EpochOrder } from '../store/epoch.ts';
import type { Begun } from '../store/epoch-log.ts';
import type { LogKey } from '../store/log-keys.ts';
import { retireKey, rotateKey } from '../store/rotate.ts';
import { sequenceNow } from '../store/sequence.ts';
import type { Config } from '../config.ts';
import { atDesk, clientNamed, nameOf, readArgs } from './ledger-desk.ts';
import type { Desk } from './ledger-desk.ts';

/** `aios ledger sequence`: puts what waits into its log and signs it. */
export async function sequenceOnce(config: Config, args: readonly string[]): Promise<string> {
  readArgs(args, {});
  return atDesk(config, async ({ keeper }) => {
    await sequenceNow(keeper);
    return 'Everything is in its log and signed.\n';
  });
}

/** `aios ledger epoch`: ends logs that cannot go on and begins new ones; then signs. */
export async function epoch(config: Config, args: readonly string[]): Promise<string> {
  const { values } = readArgs(args, {
    client: { type: 'string' },
    practice: { type: 'boolean' },
    all: { type: 'boolean' },
    because: { type: 'string' },
  });
  return atDesk(config, async (desk) => {
    const because = reasonIn(values.because);
    const begun = await beginEpochs(desk.keeper, { of: whichOf(desk, values), because });
    return `${begun.map((one) => `${told(desk, one)}\n`).join('')}${await signedNow(desk)}\n`;
  });
}

/** Signing may still be refused for a log that was not named. */
async function signedNow({ keeper }: Desk): Promise<string> {
  try {
    await sequenceNow(keeper);
  } catch (thrown) {
    return `They are not signed yet. ${sentenceOf(thrown)}`;
  }
  return 'They are signed. Give each client the key of the new log (aios ledger keys) and say why there is one.';
}

function reasonIn(word: string | undefined): EpochReason {
  const found = EPOCH_REASONS.find((reason) => reason === word);
  if (found !== undefined) return found;
  throw new Fault(
    'bad_input',
    `Expected --because and one of ${EPOCH_REASONS.join(', ')}, got ${word === undefined ? 'none' : `"${word}"`}. \`aios doctor\` says which it is.`,
  );
}

type Which = {
  readonly client?: string | undefined;
  readonly practice?: boolean | undefined;
  readonly all?: boolean | undefined;
};

function whichOf(desk: Desk, { client, practice, all }: Which): EpochOrder['of'] {
  const given = [client !== undefined, practice === true, all === true].filter(Boolean);
  if (given.length !== 1)
    throw new Fault(
      'bad_input',
      `Expected one of --client SLUG, --practice or --all, got ${given.length}.`,
    );
  if (client !== undefined) return clientNamed(desk, client);
  return all === true ? 'all' : 'practice';
}

function told(desk: Desk, { client, epoch: number, origin, before, found }: Begun): string {
  return `${nameOf(desk, client)}: epoch ${number} is ${origin}. Signed before: ${before.size} entries; found and carried over: ${found}.`;
}

/** `aios ledger rotate`: a new key beside the old one. */
export async function rotate(config: Config, args: readonly string[]): Promise<string> {
  readArgs(args, {});
  return atDesk(config, async ({ keeper }) => {
    const { before, after, logs } = await rotateKey(keeper);
    return `Key ${after.generation} (${short(after)}) signs beside key ${before.generation} (${short(before)}); ${logs} logs say so. Back up AIOS_KEYS, give out the new keys (aios ledger keys), then end the old one: aios ledger retire\n`;
  });
}

/** `aios ledger retire`: the old key signs no more. */
export async function retire(config: Config, args: readonly string[]): Promise<string> {
  readArgs(args, {});
  return atDesk(config, async ({ keeper }) => {
    const { before, after } = await retireKey(keeper);
    return `Key ${before.generation} (${short(before)}) is retired and its private part removed; key ${after.generation} (${short(after)}) signs alone. The old public part stays, for what it signed.\n`;
  });
}

/** The first 12 hex digits of the hash of its public part, as entries name it. */
const short = ({ sha256 }: LogKey): string => sha256.slice(0, 12);
