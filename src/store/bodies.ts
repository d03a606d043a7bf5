import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { BodyId, ClientId } from '../core/id.ts';
import type { BodyKind, BodyRow } from '../flow/ports/rows.ts';
import type { Store } from '../flow/ports/store.ts';
import type { Bodies } from '../flow/ports/world.ts';
import type { Keys } from './keys.ts';

type Deps = { readonly store: Pick<Store, 'body'>; readonly keys: Keys; newId(): BodyId };

const IV = 12;
const TAG = 16;

/**
 * Texts and files, encrypted with AES-256-GCM. Each body has a key of its own: 32 bytes to encrypt, 32 bytes to commit
 * to it by HMAC-SHA256; both are wrapped by the client's key, which lives outside the database. Dropping the wrapped
 * key makes the text unreadable and leaves every proof as it was.
 */
export function makeBodies(deps: Deps): Bodies {
  return {
    put: (kind, client, content) => put(deps, { kind, client }, Buffer.from(content)),
    get: (id) => get(deps, id),
  };
}

async function put(deps: Deps, about: { kind: BodyKind; client: ClientId | null }, plain: Buffer) {
  const id = deps.newId();
  const keyName = about.client === null ? 'practice' : `client-${about.client}`;
  const own = randomBytes(64);
  const digest = createHmac('sha256', own.subarray(32)).update(plain).digest('hex');
  const row: BodyRow = {
    id,
    clientId: about.client,
    kind: about.kind,
    keyName,
    wrappedKey: lock(await deps.keys.get(keyName), own, id),
    sealed: lock(own.subarray(0, 32), plain, id),
    digest,
    size: plain.length,
  };
  return { ref: { id, digest, bytes: plain.length }, row };
}

async function get(deps: Deps, id: BodyId): Promise<Uint8Array> {
  const row = await deps.store.body(id);
  if (row === null)
    throw new Fault(
      'not_found',
      `The text ${id} is not there (any more): it was erased or never kept.`,
    );
  if (row.wrappedKey === null || row.sealed === null)
    throw new Fault('not_found', `The text ${id} was erased. What the record says of it stands.`);
  const { wrappedKey, sealed } = row;
  const key = await deps.keys.get(row.keyName);
  try {
    return opened({ ...row, wrappedKey, sealed }, key);
  } catch (cause) {
    throw new Fault(
      'not_found',
      `The text ${id} is not what was kept: it was changed in the database, or its key was. Nothing is taken from it.`,
      { cause },
    );
  }
}

type Whole = BodyRow & { readonly wrappedKey: Uint8Array; readonly sealed: Uint8Array };

function opened(row: Whole, key: Uint8Array): Buffer {
  const own = unlock(key, row.wrappedKey, row.id);
  const plain = unlock(own.subarray(0, 32), row.sealed, row.id);
  const digest = createHmac('sha256', own.subarray(32)).update(plain).digest('hex');
  if (digest !== row.digest) throw new Error('the digest does not match');
  return plain;
}

/** iv, tag and ciphertext in one; the id is authenticated with it, so that bodies cannot be swapped. */
function lock(key: Uint8Array, plain: Uint8Array, id: string): Uint8Array {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unlock(key: Uint8Array, locked: Uint8Array, id: string): Buffer {
  const bytes = Buffer.from(locked);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
}
