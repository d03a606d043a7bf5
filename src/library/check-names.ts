import type { Personas } from '../core/persona.ts';
import type { When } from '../core/rule.ts';
import type { Checking } from './checking.ts';
import type { RuleFile } from './rule-files.ts';
import type { Path } from './yaml-file.ts';

/** Persona names wherever rules name one; a kind's own persona must also accept it. */
export function checkPersonaNames(on: Checking, personas: Personas): void {
  const { written, files, problems } = on;
  const { kinds, limits, lanes, start, approving } = written;
  kinds.kinds.forEach((kind, i) => {
    if (!('persona' in kind)) return;
    const doers = [
      [kind.persona, ['persona']],
      ...(kind.second === undefined ? [] : [[kind.second.persona, ['second', 'persona']] as const]),
    ] as const;
    for (const [id, path] of doers) {
      const says = cannotDo(personas, id, kind.id);
      const place = files.kinds.at(['kinds', i, ...path]);
      if (says !== undefined) problems.add(place, says, { code: 'unknown-name', rule: kind.id });
    }
  });
  const at = { ...on, personas };
  const seconds = kinds.kinds.map((kind) => ({
    id: kind.id,
    when: ('second' in kind ? kind.second?.when : undefined) ?? {},
  }));
  checkConditions(at, seconds, (i) => ['kinds', ['kinds', i, 'second', 'when']]);
  checkConditions(at, limits.limits, (i) => ['limits', ['limits', i, 'when']]);
  checkConditions(at, lanes.lanes, (i) => ['lanes', ['lanes', i, 'when']]);
  checkConditions(at, start.starts, (i) => ['start', ['starts', i, 'when']]);
  checkConditions(at, approving.checklists, (i) => ['approving', ['checklists', i, 'when']]);
  lanes.lanes.forEach(({ id, do: act }, i) => {
    if (act.persona === undefined || personas.byId.has(act.persona)) return;
    const place = files.lanes.at(['lanes', i, 'do', 'persona']);
    problems.add(place, nobody(act.persona, personas), { code: 'unknown-name', rule: id });
  });
}

type On = Checking & { readonly personas: Personas };
type Ruled = { readonly id: string; readonly when: When };
type Place = readonly [file: RuleFile, path: Path];

function checkConditions(on: On, rules: readonly Ruled[], place: (i: number) => Place): void {
  rules.forEach(({ id, when }, i) => {
    const { is, in: among, not_in: except } = when.persona ?? {};
    const [file, path] = place(i);
    const named = [
      ...(is === undefined ? [] : [[is, ['is']] as const]),
      ...(among ?? []).map((one, n) => [one, ['in', n]] as const),
      ...(except ?? []).map((one, n) => [one, ['not_in', n]] as const),
    ];
    for (const [persona, below] of named) {
      if (on.personas.byId.has(persona)) continue;
      const at = on.files[file].at([...path, 'persona', ...below]);
      on.problems.add(at, nobody(persona, on.personas), { code: 'unknown-name', rule: id });
    }
  });
}

function cannotDo(personas: Personas, id: string, kind: string): string | undefined {
  const persona = personas.byId.get(id);
  if (persona === undefined) return nobody(id, personas);
  if (persona.accepts.includes(kind)) return undefined;
  return `expected a persona that accepts ${kind}, got ${id}, which does not. Add the kind there or name another.`;
}

/** What is said of a persona that is not in force. */
export function nobody(id: string, { waiting }: Personas): string {
  const next = waiting.some((one) => one.id === id)
    ? `It was imported and waits: aios personas accept ${id}`
    : 'Mend the name or add the persona.';
  return `expected a persona in personas/, got "${id}". ${next}`;
}
