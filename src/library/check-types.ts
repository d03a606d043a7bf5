import { nearest } from '../core/nearest.ts';
import type { When } from '../core/rule.ts';
import type { Checking } from './checking.ts';
import type { Problem } from './problems.ts';
import type { RuleFile, Written } from './rule-files.ts';
import type { Path } from './yaml-file.ts';

/**
 * File types in conditions that nothing else in the rules knows: no kind needs or delivers them, no cue names them. Files
 * of any type may come, so each is a doubt and no fault.
 */
export function unknownTypes({ written, files, rules }: Checking): readonly Problem[] {
  const { cues } = written;
  const known = new Set([
    'none',
    ...[...rules.kinds.values()].flatMap((kind) =>
      kind.sort === 'work' ? [...(kind.needs.files ?? []), kind.deliverable.type] : [],
    ),
    ...cues.kinds.flatMap((one) => one.file_types),
    ...cues.split.file_hints.flatMap(({ types }) => types),
  ]);
  return named(written)
    .filter(({ type }) => !known.has(type))
    .map(({ type, file, path, rule }) => {
      const meant = nearest(type, [...known]);
      const perhaps = meant === undefined ? '' : ` Did you mean ${meant}?`;
      return {
        code: 'unknown-name',
        rule,
        place: files[file].at(path),
        says: `no kind, cue or hint knows files of type ${type}.${perhaps}`,
      };
    });
}

/** Every file type in a condition, and where. */
function named({ kinds, limits, lanes, start, approving }: Written): readonly Named[] {
  return [
    ...kinds.kinds.flatMap((kind, i) =>
      'second' in kind && kind.second !== undefined
        ? typesIn(kind.second.when, ['kinds', ['kinds', i, 'second', 'when']], kind.id)
        : [],
    ),
    ...limits.limits.flatMap(({ when, id }, i) =>
      typesIn(when, ['limits', ['limits', i, 'when']], id),
    ),
    ...lanes.lanes.flatMap(({ when, id }, i) => typesIn(when, ['lanes', ['lanes', i, 'when']], id)),
    ...start.starts.flatMap(({ when, id }, i) =>
      typesIn(when, ['start', ['starts', i, 'when']], id),
    ),
    ...approving.checklists.flatMap(({ when, id }, i) =>
      typesIn(when, ['approving', ['checklists', i, 'when']], id),
    ),
  ];
}

type Named = {
  readonly type: string;
  readonly file: RuleFile;
  readonly path: Path;
  readonly rule: string;
};

function typesIn(
  { fileTypes }: When,
  [file, path]: readonly [RuleFile, Path],
  rule: string,
): readonly Named[] {
  const at = (type: string, below: Path): Named => ({
    type,
    file,
    path: [...path, 'fileTypes', ...below],
    rule,
  });
  return [
    ...(fileTypes?.is === undefined ? [] : [at(fileTypes.is, ['is'])]),
    ...(fileTypes?.in ?? []).map((type, n) => at(type, ['in', n])),
    ...(fileTypes?.not_in ?? []).map((type, n) => at(type, ['not_in', n])),
  ];
}
