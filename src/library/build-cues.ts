import type { Cues, Sign } from '../core/cue.ts';
import type { Problems } from './problems.ts';
import type { Files, Written } from './rule-files.ts';
import type { Path } from './yaml-file.ts';

/** Where a fault of the cues is told, and with which place. */
type Around = { readonly files: Pick<Files, 'cues'>; readonly problems: Problems };

/** The cues as they are read with: lists of words where they are named, in place of their names. */
export function cuesOf(written: Written['cues'], bench: Around): Cues {
  const { kinds, raising, promises, split } = written;
  return {
    kinds: kinds.map(({ kind, cues, file_types: fileTypes }) => ({
      kind,
      fileTypes,
      cues: cues.map(({ all, unless, points }) => ({ all, unless: unless ?? [], points })),
    })),
    raising: raising.map(({ id, signs, raises }, i) => ({
      id,
      raises,
      signs: signs.map((sign, n) =>
        signOf(sign, (group) =>
          listed(group, written, { bench, path: ['raising', i, 'signs', n] }),
        ),
      ),
    })),
    promises,
    split: {
      context: split.context,
      verbs: split.verbs,
      orders: split.orders,
      fileHints: split.file_hints,
    },
  };
}

type WrittenSign = Written['cues']['raising'][number]['signs'][number];
type Group = NonNullable<WrittenSign['words']>;

function signOf(
  { words, with: more = [], unless, attached = [], marks = [], ...how }: WrittenSign,
  list: (group: Group) => readonly string[],
): Sign {
  return {
    words: [...(words === undefined ? [] : [words]), ...more].map(list),
    unless: unless === undefined ? [] : list(unless),
    attached,
    marks,
    ...how,
  };
}

/** The words of a group; `@name` stands for a list of the file. */
function listed(
  group: Group,
  { lists }: Written['cues'],
  { bench, path }: { readonly bench: Around; readonly path: Path },
): readonly string[] {
  if (typeof group !== 'string') return group;
  const found = lists[group.slice(1)];
  if (found === undefined)
    bench.problems.add(
      bench.files.cues.at(path),
      `expected a list of cues.yaml (${Object.keys(lists).join(', ')}), got ${group}. Mend the name.`,
    );
  return found ?? [];
}
