import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64, shown } from './encoding.ts';
import { sha256 } from './hash.ts';

/** Who can sign a note. Only the closure has the private key. */
export type Signer = {
  /** The public key to check with: `<name>+<id>+<base64 of 0x01 and the key>`. */
  readonly vkey: string;
  /** One signature line, with its newline. Throws Error for a text that no note may have. */
  sign(text: string): string;
};

export type VerifierKey = {
  readonly name: string;
  /** 8 hex digits. */
  readonly id: string;
  readonly publicKey: KeyObject;
};

type Signature = { readonly name: string; readonly id: string; readonly bytes: Buffer };

const ED25519 = 0x01;
const KEY_BYTES = 32;
const ID_BYTES = 4;

/** In a `u` pattern this matches only surrogates without their other half: such a text is no valid UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** As in Go's sumdb/note; the format asks readers to accept at least 16. */
const MAX_SIGNATURES = 100;
/** As in Go's sumdb/note, in UTF-16 units. */
const MAX_NOTE_LENGTH = 1_000_000;

/** Signs notes with a private Ed25519 key under a name. Throws Error for another kind of key or a name no key may have. */
export function makeSigner(name: string, key: KeyObject): Signer {
  if (key.type !== 'private')
    throw new Error(`expected a private key to sign with, got a ${key.type} one`);
  const vkey = vkeyOf(name, createPublicKey(key));
  const id = Buffer.from(readVkey(vkey).id, 'hex');
  return {
    vkey,
    sign(text) {
      checkText(text);
      const signature = sign(null, Buffer.from(text), key);
      return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
    },
  };
}

/** The verifier key of a public Ed25519 key under a name. Throws Error for another kind of key or a name no key may have. */
export function vkeyOf(name: string, publicKey: KeyObject): string {
  checkName(name);
  if (publicKey.type !== 'public' || publicKey.asymmetricKeyType !== 'ed25519')
    throw new Error(
      `expected a public Ed25519 key, got ${publicKey.type} ${publicKey.asymmetricKeyType ?? ''}`,
    );
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const material = Buffer.concat([Buffer.of(ED25519), Buffer.from(x, 'base64url')]);
  return `${name}+${idOf(name, material)}+${material.toString('base64')}`;
}

/** Reads a verifier key. Throws Error when it is malformed, not Ed25519, or its id does not belong to name and key. */
export function readVkey(vkey: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(vkey) ?? [];
  if (name === undefined || id === undefined || encoded === undefined)
    throw new Error(`expected a key as name+id+base64, got ${shown(vkey)}`);
  checkName(name);
  const material = fromBase64(encoded);
  if (material[0] !== ED25519 || material.length !== 1 + KEY_BYTES)
    throw new Error(`expected an Ed25519 key (type 1, 32 bytes) in ${shown(vkey)}`);
  const expected = idOf(name, material);
  if (id !== expected)
    throw new Error(`the key of ${shown(name)} has the id ${expected}, got ${id}`);
  const x = material.subarray(1).toString('base64url');
  return {
    name,
    id,
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}

/**
 * A signed note after https://c2sp.org/signed-note: the text, an empty line, a line for each signature. Throws Error
 * for a text without a newline at its end or with control characters, and without signers.
 */
export function signNote(text: string, signers: readonly Signer[]): string {
  const different = new Set(signers.map(({ vkey }) => vkey)).size;
  if (different === 0 || different !== signers.length || different > MAX_SIGNATURES)
    throw new Error(
      `expected 1 to ${MAX_SIGNATURES} different signers, got ${different} of ${signers.length}`,
    );
  const note = `${text}\n${signers.map((signer) => signer.sign(text)).join('')}`;
  checkLength(note);
  return note;
}

/**
 * Opens a signed note. `signedBy` holds those of `vkeys` that signed it, each once, in the order of the note.
 * Signatures of other keys are left out. Throws Error when the note is malformed, when a signature of one of `vkeys`
 * is bad, even beside a good one, and when none of `vkeys` signed. Decode files with `fatal` and `ignoreBOM` before,
 * so that the text is the bytes.
 */
export function openNote(
  note: string,
  vkeys: readonly string[],
): { readonly text: string; readonly signedBy: readonly string[] } {
  const { text, signatures } = splitNote(note);
  const keys = keysById(vkeys);
  const signedBy = new Set<string>();
  for (const { name, id, bytes } of signatures) {
    const key = keys.get(`${name}+${id}`);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, bytes))
      throw new Error(`the signature of ${name}+${id} does not fit the note`);
    signedBy.add(key.vkey);
  }
  if (signedBy.size === 0)
    throw new Error(
      `expected a signature of ${[...keys.keys()].join(' or ') || 'a known key'}, got ${signatures.map(({ name, id }) => `${name}+${id}`).join(', ')}`,
    );
  return { text, signedBy: [...signedBy] };
}

/** Throws Error unless the text may stand in a note: it ends in a newline and has no other control character. */
export function checkText(text: string): void {
  if (!text.endsWith('\n')) throw new Error('the text of a note ends in a newline');
  if (hasControl(text.replaceAll('\n', '')) || LONE_SURROGATE.test(text))
    throw new Error('a note has no control characters but newlines, and valid Unicode');
}

function splitNote(note: string): {
  readonly text: string;
  readonly signatures: readonly Signature[];
} {
  checkLength(note);
  checkText(note);
  const end = note.lastIndexOf('\n\n');
  if (end === -1)
    throw new Error('a signed note has an empty line before its signatures, got none');
  const lines = note
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0 || lines.length > MAX_SIGNATURES)
    throw new Error(`a signed note has 1 to ${MAX_SIGNATURES} signatures, got ${lines.length}`);
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): Signature {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  if (name === undefined || encoded === undefined)
    throw new Error(`expected a signature as "— name base64", got ${shown(line)}`);
  checkName(name);
  const bytes = fromBase64(encoded);
  if (bytes.length <= ID_BYTES)
    throw new Error(
      `a signature has more than its ${ID_BYTES} bytes of key id, got ${shown(line)}`,
    );
  return { name, id: bytes.toString('hex', 0, ID_BYTES), bytes: bytes.subarray(ID_BYTES) };
}

function keysById(vkeys: readonly string[]): Map<string, VerifierKey & { readonly vkey: string }> {
  return new Map(
    vkeys.map((vkey) => {
      const key = readVkey(vkey);
      return [`${key.name}+${key.id}`, { ...key, vkey }];
    }),
  );
}

function idOf(name: string, material: Uint8Array): string {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), material])).toString('hex', 0, ID_BYTES);
}

function checkName(name: string): void {
  if (
    name === '' ||
    /[+\p{White_Space}]/u.test(name) ||
    hasControl(name) ||
    LONE_SURROGATE.test(name)
  )
    throw new Error(
      `the name of a key has no spaces, plus or control characters, got ${shown(name)}`,
    );
}

/** Whether a character below U+0020 is in it; the format allows those from U+007F on. */
function hasControl(text: string): boolean {
  for (const char of text) if (char < ' ') return true;
  return false;
}

function checkLength(note: string): void {
  if (note.length > MAX_NOTE_LENGTH)
    throw new Error(`a note has at most ${MAX_NOTE_LENGTH} characters, got ${note.length}`);
}
