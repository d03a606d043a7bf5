import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault, sentenceOf } from '../core/fault.ts';
import { readVkey } from '../ledger/note.ts';
import { connect } from '../store/connect.ts';
import { vkeysOf } from '../store/log-keys.ts';
import { verifyLedger } from '../store/verify.ts';
import { shortOf } from '../store/verify-points.ts';
import type { Kept, Trust, Verdict, Whose } from '../store/verify-types.ts';
import type { Config } from '../config.ts';
import { atDesk, clientNamed, nameOf, readArgs } from './ledger-desk.ts';
import type { Desk } from './ledger-desk.ts';
import { verdictJson, verdictText } from './verify-words.ts';

/** What was asked for: whose logs, what they are held against beside themselves, and how it is told. */
type Asked = {
  readonly whose: Whose;
  readonly given: readonly string[];
  readonly kept: readonly Kept[];
  readonly json: boolean;
};

/** What `aios ledger verify` prints, and whether it is good news. */
export type Verified = { readonly text: string; readonly sound: boolean };

/**
 * `aios ledger verify [--client SLUG | --practice] [--checkpoint FILE] [--vkey KEY] [--json]`: reads the whole record of
 * this installation. Flags with a value may come several times; a checkpoint may be the short form of a receipt. Throws
 * Fault `bad_input` for a file or key that is none.
 */
export async function verify(config: Config, args: readonly string[]): Promise<Verified> {
  return atDesk(config, async (desk) => {
    const asked = await readAsked(desk, args);
    const trust = await trustOf(desk, asked);
    const sql = connect(desk.adminUrl, 1);
    const began = performance.now();
    try {
      const verdict = await verifyLedger(sql, { trust, whose: asked.whose });
      const took = { verdict, ms: performance.now() - began, isAnchored: asked.kept.length > 0 };
      const name = (client: Verdict['logs'][number]['log']['clientId']) => nameOf(desk, client);
      return {
        text: asked.json ? verdictJson(took) : verdictText(took, name),
        sound: verdict.findings.every(({ level }) => level === 'note'),
      };
    } finally {
      await sql.end({ timeout: 5 });
    }
  });
}

async function readAsked(desk: Desk, args: readonly string[]): Promise<Asked> {
  const { values } = readArgs(args, {
    client: { type: 'string' },
    practice: { type: 'boolean' },
    checkpoint: { type: 'string', multiple: true },
    vkey: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  });
  const whose: Whose =
    values.client !== undefined
      ? { client: clientNamed(desk, values.client) }
      : values.practice === true
        ? { client: null }
        : 'all';
  const kept = await Promise.all((values.checkpoint ?? []).map(readKept));
  if (whose === 'all' && kept.some((one) => shortOf(one) !== undefined))
    throw new Fault(
      'bad_input',
      'The short form of a checkpoint does not say of which log it is. Add --client SLUG, or --practice.',
    );
  const given = await Promise.all((values.vkey ?? []).map(readKey));
  return { whose, kept, given: given.flat(), json: values.json === true };
}

async function readKept(value: string): Promise<Kept> {
  const typed = { name: value, text: value };
  if (shortOf(typed) !== undefined) return typed;
  return { name: basename(value), text: await textOf(value, 'a checkpoint') };
}

/** A verifier key as it is written, or a file with one on each line. */
async function readKey(value: string): Promise<readonly string[]> {
  const lines = isKey(value) ? [value] : (await textOf(value, 'a verifier key')).trim().split('\n');
  const wrong = lines.find((line) => !isKey(line));
  if (wrong === undefined) return lines;
  throw new Fault(
    'bad_input',
    `Expected a verifier key, \`name+id+base64\`, or a file with one on each line, got neither in ${basename(value)}. \`aios ledger keys\` prints them.`,
  );
}

function isKey(text: string): boolean {
  try {
    readVkey(text);
    return true;
  } catch {
    return false;
  }
}

async function textOf(path: string, what: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (cause) {
    throw new Fault(
      'bad_input',
      `Expected ${what} in the file ${path}, got none: ${sentenceOf(cause)}.`,
      { cause },
    );
  }
}

/** Keys and signed states of this installation. Whoever brings keys along can verify where the own ones are damaged. */
async function trustOf(desk: Desk, { given, kept }: Asked): Promise<Trust> {
  try {
    const { keys, signed } = await desk.logs();
    const vkeys = (origin: string) => vkeysOf(keys, origin);
    return { vkeys, signed: [...signed.values()], given, kept };
  } catch (thrown) {
    const isKeyTrouble = thrown instanceof Fault && thrown.code === 'bad_config';
    if (!isKeyTrouble || given.length === 0) throw thrown;
    return { vkeys: () => [], signed: [], given, kept };
  }
}
