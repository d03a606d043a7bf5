import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import type { PracticeId } from '../core/id.ts';
import { sha256 } from '../ledger/hash.ts';
import { makeSigner, readVkey, vkeyOf } from '../ledger/note.ts';
import type { Signer } from '../ledger/note.ts';
import { ownFolder, replaceFile, writeOnce } from './whole-file.ts';

/** One signing key of a practice. It signs every log of it, each under the name of that log (C2SP signed-note). */
export type LogKey = {
  /** 1 for the first, one more with each rotation. */
  readonly generation: number;
  readonly publicKey: KeyObject;
  /** SHA-256 of the 32 bytes of the public key, hex: how entries name it. */
  readonly sha256: string;
  readonly state: 'signs' | 'retired' | 'missing';
  /** Null when it is retired or missing. */
  readonly privateKey: KeyObject | null;
};

/** Every key a practice ever had, the first one first. */
export type LogKeys = readonly LogKey[];

/** Where the keys of a practice lie and whose they are. */
export type KeyPlace = { readonly folder: string; readonly practice: PracticeId };

/** The keys that sign now, under the name of a log. */
export function signersOf(keys: LogKeys, origin: string): readonly Signer[] {
  return keys.flatMap(({ privateKey }) =>
    privateKey === null ? [] : [makeSigner(origin, privateKey)],
  );
}

/** The verifier keys of a log, retired ones too: with these every checkpoint of it can be opened. */
export function vkeysOf(keys: LogKeys, origin: string): readonly string[] {
  return keys.map(({ publicKey }) => vkeyOf(origin, publicKey));
}

/** With this begins the origin of every log of the practice; it is the name of its key files. */
export function practiceName(practice: PracticeId): string {
  return `aios/${practice}`;
}

const RETIRED = 'retired';

const pemOf = ({ folder }: KeyPlace, generation: number): string =>
  join(folder, `${generation}.pem`);
const pubOf = ({ folder }: KeyPlace, generation: number): string =>
  join(folder, `${generation}.pub`);

/**
 * Reads every key of a practice; none when none was ever made, or when all of the folder is gone. Throws Fault
 * `bad_config` for a key that is readable by others, damaged or of another practice.
 */
export async function readLogKeys(place: KeyPlace): Promise<LogKeys> {
  const names = existsSync(place.folder) ? await readdir(place.folder) : [];
  const generations = new Set(
    names.flatMap((name) => /^([1-9][0-9]{0,3})\.(?:pem|pub)$/.exec(name)?.[1] ?? []).map(Number),
  );
  const sorted = [...generations].toSorted((a, b) => a - b);
  return Promise.all(sorted.map((generation) => readOne(place, generation)));
}

async function readOne(place: KeyPlace, generation: number): Promise<LogKey> {
  const [pub, pem] = [pubOf(place, generation), pemOf(place, generation)];
  if (existsSync(pub)) {
    const [vkey = '', state] = (await readClosed(pub)).split('\n');
    const publicKey = publicOf(place, { path: pub, vkey });
    const known = { generation, publicKey, sha256: hashOf(publicKey), privateKey: null };
    if (state === RETIRED) return { ...known, state: 'retired' };
    if (!existsSync(pem)) return { ...known, state: 'missing' };
  }
  const [vkey = '', ...rest] = (await readClosed(pem)).split('\n');
  const publicKey = publicOf(place, { path: pem, vkey });
  const privateKey = privateOf(pem, rest.join('\n'));
  if (hashOf(createPublicKey(privateKey)) !== hashOf(publicKey))
    throw damaged(pem, 'its private part does not belong to its public part');
  return { generation, publicKey, sha256: hashOf(publicKey), state: 'signs', privateKey };
}

/** Makes a key, PKCS8 PEM with its verifier key in the line above (RFC 7468, 5.2), unless that generation is there. */
export async function makeLogKey(place: KeyPlace, generation: number): Promise<void> {
  await ownFolder(place.folder);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const vkey = vkeyOf(practiceName(place.practice), publicKey);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const made = await writeOnce(pemOf(place, generation), `${vkey}\n${String(pem)}`);
  if (made) await replaceFile(pubOf(place, generation), `${vkey}\n`);
}

/** Retires a key for good: its public part stays, its private part is removed. */
export async function retireLogKey(place: KeyPlace, key: LogKey): Promise<void> {
  const vkey = vkeyOf(practiceName(place.practice), key.publicKey);
  await replaceFile(pubOf(place, key.generation), `${vkey}\n${RETIRED}\n`);
  await rm(pemOf(place, key.generation), { force: true });
}

/** The keys, if every one that is to sign is there: a new one must never take the place of a lost one unseen. */
export function completeKeys(place: KeyPlace, keys: LogKeys): LogKeys {
  const lost = keys.find(({ state }) => state === 'missing');
  if (lost !== undefined) throw keyMissing(pemOf(place, lost.generation));
  if (keys.some(({ state }) => state === 'signs')) return keys;
  throw keyMissing(pemOf(place, keys.length + 1));
}

function keyMissing(path: string): Fault {
  return new Fault(
    'bad_config',
    `The signing key ${path} is missing, and logs were signed with it. Put it back from your backup of AIOS_KEYS. If it is lost for good, begin new epochs under a new key: aios ledger epoch --all --because lost`,
  );
}

/** The text of a file that nobody else may read. */
async function readClosed(path: string): Promise<string> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0)
    throw new Fault(
      'bad_config',
      `The key file ${path} must have mode 0600, got ${(mode & 0o777).toString(8)}. Run: chmod 600 ${path}`,
    );
  return readFile(path, 'utf8');
}

function publicOf({ practice }: KeyPlace, file: { readonly path: string; readonly vkey: string }) {
  const { name, publicKey } = trying(file.path, 'its first line is no verifier key', () =>
    readVkey(file.vkey),
  );
  const expected = practiceName(practice);
  if (name === expected) return publicKey;
  throw new Fault(
    'bad_config',
    `The key file ${file.path} is of another practice: expected one of ${expected}, got one of ${name}. Put back the key of this practice from your backup of AIOS_KEYS.`,
  );
}

function privateOf(path: string, pem: string): KeyObject {
  const key = trying(path, 'it holds no private key in PEM', () => createPrivateKey(pem));
  if (key.asymmetricKeyType !== 'ed25519') throw damaged(path, 'its private key is not Ed25519');
  return key;
}

/** What is wrong is said in our own words: those of a parser may quote what it was given. */
function trying<T>(path: string, why: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw damaged(path, why);
  }
}

function damaged(path: string, why: string): Fault {
  return new Fault(
    'bad_config',
    `The key file ${path} is damaged: ${why}. Put it back from your backup of AIOS_KEYS; until then nothing is signed.`,
  );
}

function hashOf(publicKey: KeyObject): string {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return sha256(Buffer.from(x, 'base64url')).toString('hex');
}
