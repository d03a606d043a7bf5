import { createHmac, randomBytes } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { BodyId, ClientId } from '../core/id.ts';
import type { BodyKind, BodyRow } from '../flow/ports/rows.ts';
import type { Act, Change, Store } from '../flow/ports/store.ts';
import type { Bodies, BodyAbout } from '../flow/ports/world.ts';
import { ownerOf } from './key-name.ts';
import type { Keys } from './keys.ts';
import { lock, unlock } from './lock.ts';

type Deps = { readonly store: Pick<Store, 'body'>; readonly keys: Keys; newId(): BodyId };

/**
 * Texts and files, encrypted with AES-256-GCM. Each body has a key of its own: 32 bytes to encrypt, 32 bytes to commit
 * to it by HMAC-SHA256; both are wrapped by the newest key of its client, which lives outside the database. Dropping
 * the wrapped key makes the text unreadable and leaves every proof as it was.
 */
export function makeBodies(deps: Deps): WrappingBodies {
  const fresh: Fresh = new WeakMap();
  return {
    put: (kind, about, content) => put({ ...deps, fresh }, { kind, about }, Buffer.from(content)),
    get: (id) => get(deps, id),
    give: (id, client) => give({ ...deps, fresh }, id, client),
    anew: async (act) => ({
      ...act,
      changes: await Promise.all(act.changes.map((change) => anew({ ...deps, fresh }, change))),
    }),
  };
}

export type WrappingBodies = Bodies & {
  /** The same act, with the bodies it puts and gives wrapped under the keys of now. */
  anew(act: Act): Promise<Act>;
};

/** What is needed to wrap a body once more, for as long as somebody holds the row or change it is written with. */
type Fresh = WeakMap<object, Wrapping>;
type Wrapping = {
  readonly id: BodyId;
  readonly client: ClientId | null;
  readonly own: Uint8Array;
};
type Putting = Deps & { readonly fresh: Fresh };

type New = { readonly kind: BodyKind; readonly about: BodyAbout };

async function put(deps: Putting, { kind, about }: New, plain: Buffer) {
  const id = deps.newId();
  const own = randomBytes(64);
  const digest = createHmac('sha256', own.subarray(32)).update(plain).digest('hex');
  const wrapping = { id, client: about.client, own };
  const row: BodyRow = {
    id,
    clientId: about.client,
    requestId: about.request,
    taskId: about.task,
    kind,
    ...(await wrapped(deps, wrapping)),
    sealed: lock(own.subarray(0, 32), plain, id),
    digest,
    size: plain.length,
    erasedAt: null,
  };
  deps.fresh.set(row, wrapping);
  return { ref: { id, digest, bytes: plain.length }, row };
}

/** The own key of a body under the newest key of its client. */
async function wrapped({ keys }: Deps, { id, client, own }: Wrapping) {
  const { name, key } = await keys.current(ownerOf(client));
  return { keyName: name, wrappedKey: lock(key, own, id) };
}

async function anew(deps: Putting, change: Change): Promise<Change> {
  const before = 'insert' in change ? change.row : change.set;
  const wrapping = deps.fresh.get(before);
  if (wrapping === undefined) return change;
  const after = { ...before, ...(await wrapped(deps, wrapping)) };
  deps.fresh.set(after, wrapping);
  return { ...change, ...('insert' in change ? { row: after } : { set: after }) } as Change;
}

async function get(deps: Deps, id: BodyId): Promise<Uint8Array> {
  const { row, own } = await unwrapped(deps, id);
  try {
    const plain = unlock(own.subarray(0, 32), row.sealed, row.id);
    const digest = createHmac('sha256', own.subarray(32)).update(plain).digest('hex');
    if (digest !== row.digest) throw new Error('the digest does not match');
    return plain;
  } catch (cause) {
    throw changed(id, cause);
  }
}

/** What was heard before its client was known is wrapped under the client's key, so that erasing the client reaches it. */
async function give(deps: Putting, id: BodyId, client: ClientId): Promise<Change | null> {
  const before = await deps.store.body(id);
  if (before === null || before.clientId !== null || before.erasedAt !== null) return null;
  const { own } = await unwrapped(deps, id);
  const wrapping = { id, client, own };
  const set = { clientId: client, ...(await wrapped(deps, wrapping)) };
  deps.fresh.set(set, wrapping);
  return { update: 'body', set, where: { id, clientId: null, erasedAt: null } };
}

type Whole = BodyRow & { readonly wrappedKey: Uint8Array; readonly sealed: Uint8Array };

/** A body with its own key. Where its client's key was turned between the two looks, the body is looked at again. */
async function unwrapped(deps: Deps, id: BodyId): Promise<{ row: Whole; own: Buffer }> {
  let missing: string | undefined;
  for (;;) {
    const row = await living(deps, id);
    const key = await deps.keys.get(row.keyName);
    if (key !== null) return { row, own: opened(row, key) };
    if (row.keyName === missing) throw keyless(row);
    missing = row.keyName;
  }
}

async function living({ store }: Deps, id: BodyId): Promise<Whole> {
  const row = await store.body(id);
  if (row === null)
    throw new Fault('not_found', `The text ${id} is not there: it was never kept here.`);
  const { wrappedKey, sealed } = row;
  if (wrappedKey === null || sealed === null)
    throw new Fault('erased', `The text ${id} was erased. What the record says of it stands.`);
  return { ...row, wrappedKey, sealed };
}

function opened(row: Whole, key: Uint8Array): Buffer {
  try {
    return unlock(key, row.wrappedKey, row.id);
  } catch (cause) {
    throw changed(row.id, cause);
  }
}

function changed(id: BodyId, cause: unknown): Fault {
  return new Fault(
    'not_found',
    `The text ${id} is not what was kept: it was changed in the database, or its key was. Nothing is taken from it.`,
    { cause },
  );
}

function keyless({ id, keyName }: Whole): Fault {
  return new Fault(
    'bad_config',
    `The text ${id} needs the key ${keyName}, and AIOS_KEYS has no such file. Restore it from your backup of AIOS_KEYS; without it the text is lost.`,
  );
}
