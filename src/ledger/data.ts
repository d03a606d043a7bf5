import type { EntryValue } from '../core/entry.ts';

export type Data = { readonly [key: string]: EntryValue };

/** Readers of `data` that never throw: whatever is not of that kind is null. Shapes are checked elsewhere. */
export function textIn(data: Data, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' ? value : null;
}

export function numberIn(data: Data, key: string): number | null {
  const value = data[key];
  return typeof value === 'number' ? value : null;
}

export function listIn(data: Data, key: string): readonly EntryValue[] {
  const value = data[key];
  return Array.isArray(value) ? (value as readonly EntryValue[]) : [];
}

export function textsIn(data: Data, key: string): readonly string[] {
  return listIn(data, key).filter((one) => typeof one === 'string');
}

export function recordIn(data: Data, key: string): Data | null {
  return asRecord(data[key]);
}

export function recordsIn(data: Data, key: string): readonly Data[] {
  return listIn(data, key)
    .map(asRecord)
    .filter((one) => one !== null);
}

function asRecord(value: EntryValue | undefined): Data | null {
  const is = typeof value === 'object' && value !== null && !Array.isArray(value);
  return is ? (value as Data) : null;
}
