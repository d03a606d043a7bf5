import { requestNumber, taskNumber } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import { LANES } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { Form } from '../ports/form.ts';
import type { QuestionOption } from '../ports/rows-cards.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { Library, World } from '../ports/world.ts';
import { refused } from '../pressed.ts';
import type { Press } from '../pressed.ts';

/** Whatever a person or the words named, the rules decide. */
export const AS_RULES = 'as-rules';
/** The piece waits for no other. */
export const AT_ONCE = 'at-once';

type ChangeForm = Extract<Form, { is: 'change' }>;
type Groups = ChangeForm['kinds'];

/** The form that changes a piece, or sends one that was started to another lane. */
export function askChange(world: World, press: Press): PressedOutcome {
  if (press.roles.length === 0)
    return refused(
      'Only the requester, if a member of the practice, or an approver can do this. Nothing was changed.',
    );
  return { is: 'form', form: changeForm(world, press) };
}

function changeForm({ library }: World, press: Press): ChangeForm {
  const { request, tasks } = press.request;
  const one = press.task?.task.ordinal ?? Number(press.pressed.choice);
  const named = tasks.filter((t) => t.ordinal === one);
  const [first] = named;
  const isReroute = first !== undefined && first.state !== 'proposed';
  const pieces = named.length > 0 ? named : tasks.filter((t) => t.state === 'proposed');
  return {
    is: 'change',
    card: press.pressed.card,
    number: first === undefined ? requestNumber(request.number) : taskNumber(request.number, one),
    pieces: pieces.map((task) => ({
      value: String(task.ordinal),
      label: `${taskNumber(request.number, task.ordinal)} ${titleOf(library, task)}`,
    })),
    lanes: [...(isReroute ? [] : [RULES]), ...LANES.map(laneOption)],
    // What was started keeps its kind and its place; only its lane can change.
    personas: isReroute ? [] : personasFor(library, pieces),
    kinds: isReroute ? [] : kindGroups(library),
    orders: isReroute ? [] : ordersFor(press, pieces),
  };
}

const RULES: QuestionOption = { value: AS_RULES, label: 'As the rules say' };

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  tool: 'an exact program, no model',
  local: 'our own machine',
  seat: 'the seat we pay for anyway',
  senior: 'the strongest model, dearest',
};

function laneOption(lane: Lane): QuestionOption {
  return { value: lane, label: `${lane}: ${LANE_WORDS[lane]}` };
}

function titleOf({ rules }: Library, { kind }: Pick<TaskRow, 'kind'>): string {
  return rules.kinds.get(kind)?.title ?? kind;
}

/** Those who take the kind of a piece, under its title; the same person may take several. */
function personasFor(library: Library, pieces: readonly TaskRow[]): Groups {
  const kinds = [...new Set(pieces.map((task) => task.kind))];
  const takers = kinds.map((kind) => ({
    label: titleOf(library, { kind }),
    options: [...library.personas.byId.values()]
      .filter((persona) => persona.accepts.includes(kind))
      .map(({ id, title }) => ({ value: `${id}@${kind}`, label: `${title} (${id})` })),
  }));
  return [{ label: 'The rules', options: [RULES] }, ...takers.filter((g) => g.options.length > 0)];
}

/** The persona of such an option. */
export function personaIn(value: string): string | null {
  return value === AS_RULES ? null : (value.split('@')[0] ?? '');
}

/** All kinds of work, by the group of who does them. */
function kindGroups({ rules, personas }: Library): Groups {
  const groups = new Map<string, QuestionOption[]>();
  const works = [...rules.kinds.values()].filter((kind): kind is WorkKind => kind.sort === 'work');
  for (const kind of works) {
    const group = personas.byId.get(kind.persona)?.group ?? 'others';
    groups.set(group, [...(groups.get(group) ?? []), { value: kind.id, label: kind.title }]);
  }
  return [...groups].map(([group, options]) => ({ label: nameOf(group), options }));
}

/** `front-desk` as `Front desk` */
function nameOf(group: string): string {
  const words = group.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** At once, or behind another piece that is not over. */
function ordersFor(press: Press, pieces: readonly TaskRow[]): readonly QuestionOption[] {
  const others = press.request.tasks.filter(
    (t) =>
      t.state !== 'cancelled' &&
      t.state !== 'rejected' &&
      !(pieces.length === 1 && pieces.includes(t)),
  );
  if (others.length === 0) return [];
  const behind = others.map(({ ordinal }) => ({
    value: String(ordinal),
    label: `After ${ordinal}, with what is delivered there`,
  }));
  return [{ value: AT_ONCE, label: 'At once' }, ...behind];
}
