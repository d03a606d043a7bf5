import type { EntryValue } from '../core/entry.ts';
import { RULE } from './field.ts';
import type { Entry } from './read.ts';

export type Finding = {
  readonly place: string;
  readonly level: 'fault' | 'note';
  readonly says: string;
};

export type History = {
  take(entry: Entry, index: number): readonly Finding[];
  end(): readonly Finding[];
  rules(): ReadonlySet<string>;
};

export function readHistory(): History {
  const rules = new Set<string>();
  return {
    take: (entry) => {
      if (entry.rule !== null) rules.add(entry.rule);
      walk(entry.data, rules);
      return [];
    },
    end: () => [],
    rules: () => rules,
  };
}

function walk(value: EntryValue, rules: Set<string>): void {
  if (typeof value === 'string' && RULE.fits(value)) rules.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value) as EntryValue[]) walk(one, rules);
}
