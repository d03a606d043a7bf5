import { createHash } from 'node:crypto';

/**
 * The tree of RFC 6962 2.1 word by word, slow and with nothing of ours: what the fast one is held against. Hashes of
 * subtrees are kept by their range.
 */
export function reference(leaves: readonly Buffer[]) {
  const known = new Map<string, Buffer>();

  function root(low: number, high: number): Buffer {
    const key = `${low} ${high}`;
    const found = known.get(key) ?? made(low, high);
    known.set(key, found);
    return found;
  }

  function made(low: number, high: number): Buffer {
    if (low === high) return sha256();
    const middle = low + below(high - low);
    if (high - low === 1) return leaves[low] ?? Buffer.alloc(0);
    return sha256(Buffer.of(1), root(low, middle), root(middle, high));
  }

  function path(m: number, low: number, high: number): Buffer[] {
    if (high - low === 1) return [];
    const k = below(high - low);
    return m < k
      ? [...path(m, low, low + k), root(low + k, high)]
      : [...path(m - k, low + k, high), root(low, low + k)];
  }

  function subproof(m: number, [low, high]: readonly [number, number], whole: boolean): Buffer[] {
    if (m === high - low) return whole ? [] : [root(low, high)];
    const k = below(high - low);
    return m <= k
      ? [...subproof(m, [low, low + k], whole), root(low + k, high)]
      : [...subproof(m - k, [low + k, high], false), root(low, low + k)];
  }

  return {
    root: (size: number) => root(0, size),
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (from: number, to: number) => subproof(from, [0, to], true),
  };
}

/** The largest power of two below n. */
function below(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Different leaf hashes, as many as wanted. */
export function someLeaves(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => sha256(Buffer.of(0), Buffer.from(`leaf ${i}`)));
}

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The leaves of the test vectors of google/certificate-transparency (merkle_tree_test), and the root after each. */
export const VECTORS: readonly (readonly [leaf: string, root: string])[] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [
    '606162636465666768696a6b6c6d6e6f',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
];

export const hex = (text: string): Buffer => Buffer.from(text, 'hex');
