import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/proof.ts';
import { tlogProof } from '../../src/ledger/tlog-proof.ts';
import { growTree } from '../../src/ledger/tree.ts';
import { absent } from '../helpers/absent.ts';
import { newSigner } from './keys.ts';

/**
 * What we write, read by programs that have nothing of ours: a client need not take our own verifier's word.
 * The modules of @sigstore/verify are inner ones, so its version is pinned.
 */
const ORIGIN = 'aios.example/log/acme';
const signer = newSigner(ORIGIN);
const RECORDS = Array.from({ length: 200 }, (_, i) => Buffer.from(`{"v":1,"nonce":"${i * 7}"}`));
const LEAVES = RECORDS.map((record) => leafHash(record));

function headAt(size: number) {
  const tree = growTree();
  for (const leaf of LEAVES.slice(0, size)) tree.append(leaf);
  const root = tree.root();
  return { root, note: signCheckpoint({ origin: ORIGIN, size, root }, [signer]) };
}

const HEADS = Array.from({ length: RECORDS.length + 1 }, (_, size) => headAt(size));
const headOf = (size: number) => HEADS[size] as (typeof HEADS)[number];
const SIZES = [1, 2, 3, 7, 8, 31, 64, 129, 200];
const ENTRIES = SIZES.flatMap((size) =>
  RECORDS.slice(0, size).map((record, index) => ({ record, index, size })),
);

function flipped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.with(3, (bytes[3] ?? 0) ^ 1));
}

type SigstoreEntry = Parameters<typeof verifyCheckpoint>[0];
type Told = {
  record: Buffer;
  index: number;
  size: number;
  note?: string;
  proof?: readonly Buffer[];
};

/** Throws when sigstore refuses. */
function sigstore({ record, index, size, ...told }: Told): void {
  const { root, note } = headOf(size);
  const entry = {
    canonicalizedBody: record,
    inclusionProof: {
      logIndex: String(index),
      treeSize: String(size),
      rootHash: root,
      hashes: told.proof ?? inclusionProof(LEAVES.slice(0, size), index),
      checkpoint: { envelope: told.note ?? note },
    },
  } as unknown as SigstoreEntry;
  const keyId = Buffer.from(signer.vkey.split('+')[1] ?? '', 'hex');
  const log = {
    logID: Buffer.concat([keyId, Buffer.alloc(28)]),
    publicKey: signer.publicKey,
    baseURL: `https://${ORIGIN}`,
    validFor: { start: new Date(0), end: new Date(0) },
  };
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
}

test('sigstore accepts our checkpoints and proofs', () => {
  for (const entry of ENTRIES) sigstore(entry);
});

test('sigstore refuses what was changed', () => {
  const good = { record: RECORDS[6] as Buffer, index: 6, size: 64 };
  const { note } = headOf(64);
  const proof = inclusionProof(LEAVES.slice(0, 64), 6);
  const badRoot = 'calculated root hash does not match inclusion proof';
  const badSignature = 'invalid checkpoint signature';
  expect(() => sigstore({ ...good, record: flipped(good.record) })).toThrow(badRoot);
  expect(() => sigstore({ ...good, index: 7 })).toThrow(badRoot);
  expect(() => sigstore({ ...good, proof: proof.slice(1) })).toThrow('invalid hash count');
  expect(() => sigstore({ ...good, proof: proof.toReversed() })).toThrow(badRoot);
  expect(() => sigstore({ ...good, note: note.replace('\n64\n', '\n65\n') })).toThrow(badSignature);
  expect(() => sigstore({ ...good, note: headOf(65).note })).toThrow('invalid hash count');
});

/** Where Debian puts the sources of Go libraries; elsewhere the GOPATH of whoever runs the tests. */
const DEBIAN_GOPATH = '/usr/share/gocode';
const goEnv = {
  ...process.env,
  GO111MODULE: 'off',
  ...(existsSync(DEBIAN_GOPATH) ? { GOPATH: DEBIAN_GOPATH } : {}),
};
const hasGo = spawnSync('go', ['list', 'golang.org/x/mod/sumdb/tlog'], { env: goEnv }).status === 0;
if (!hasGo) absent('go', 'our checkpoints and proofs read by the checksum database of Go');
const withGo = hasGo ? test : test.skip;

/** What Go says to each claim. */
function go(claims: readonly object[]): readonly string[] {
  const program = path.join(import.meta.dirname, 'go', 'main.go');
  const input = claims.map((claim) => `${JSON.stringify(claim)}\n`).join('');
  const ran = spawnSync('go', ['run', program, signer.vkey], { env: goEnv, input });
  expect(ran.stderr.toString()).toBe('');
  return ran.stdout.toString().trimEnd().split('\n');
}

function proofClaim({ record, index, size }: Told) {
  const proof = inclusionProof(LEAVES.slice(0, size), index);
  const text = tlogProof({ index, proof, checkpoint: headOf(size).note });
  return { record: record.toString('base64'), proof: text };
}

function consistencyClaim(from: number, to: number) {
  const proof = consistencyProof(LEAVES.slice(0, to), from);
  return {
    from: headOf(from).note,
    to: headOf(to).note,
    consistency: proof.map((hash) => hash.toString('base64')),
  };
}

withGo(
  'Go accepts our proofs, checkpoints and what makes them consistent, and refuses what was changed',
  () => {
    const steps = SIZES.flatMap((to) =>
      SIZES.filter((from) => from <= to).map((from) => consistencyClaim(from, to)),
    );
    const good = [...ENTRIES.map(proofClaim), ...steps];
    const record = proofClaim({ record: RECORDS[6] as Buffer, index: 6, size: 64 });
    const step = consistencyClaim(31, 64);
    const bad = [
      { ...record, record: flipped(RECORDS[6] as Buffer).toString('base64') },
      { ...record, proof: record.proof.replace('\n64\n', '\n65\n') },
      { ...record, proof: record.proof.replace('index 6', 'index 7') },
      { ...step, consistency: step.consistency.toReversed() },
      { ...step, consistency: step.consistency.slice(1) },
      { ...step, from: step.to, to: step.from },
      { ...step, from: step.from.replace('\n31\n', '\n30\n') },
    ];
    const said = go([...good, ...bad]);
    expect(said).toHaveLength(good.length + bad.length);
    expect(new Set(said.slice(0, good.length))).toEqual(new Set(['ok']));
    expect(said.slice(good.length)).not.toContain('ok');
  },
  120_000,
);
