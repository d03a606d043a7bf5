import type { SourceType } from '../core/record-words.ts';
import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import { numberIn, recordIn, recordsIn, textIn, textsIn } from './data.ts';
import type { Data } from './data.ts';
import type { Entry } from './read.ts';
import type { Decision, DisclosureSum, GateSum, Shares } from './sum-types.ts';

/** A decision with the evidence it was entered with. */
export function decisionIn({ type, actor, at, draft, data }: Entry): Decision {
  const edited = recordIn(data, 'edited');
  return {
    verb: type === 'draft.approved' ? 'approved' : 'rejected',
    by: actor.id,
    at,
    draft,
    version: numberIn(data, 'version'),
    shownAt: momentIn(data, 'shown_at'),
    readAt: momentIn(data, 'read_at'),
    roles: textsIn(data, 'roles'),
    edited:
      edited === null
        ? null
        : { words: numberIn(edited, 'words') ?? 0, of: numberIn(edited, 'of') ?? 0 },
    checklist: checklistIn(data),
    responsible: textIn(data, 'responsible'),
  };
}

function checklistIn(data: Data): Decision['checklist'] {
  const checklist = recordIn(data, 'checklist');
  if (checklist === null) return null;
  const answers = recordsIn(checklist, 'answers').map((answer) => ({
    id: textIn(answer, 'id') ?? '',
    yes: answer['yes'] === true,
  }));
  return { rule: textIn(checklist, 'rule') ?? '', answers };
}

/** The gate's word about a draft. */
export function gateIn({ draft, data }: Entry): GateSum {
  return {
    gate: textIn(data, 'gate') ?? '',
    outcome: textIn(data, 'outcome') ?? '',
    errors: numberIn(data, 'errors') ?? 0,
    warnings: numberIn(data, 'warnings') ?? 0,
    draft,
    engines: recordsIn(data, 'engines').map(
      (engine) => `${textIn(engine, 'name') ?? ''} ${textIn(engine, 'version') ?? ''}`,
    ),
  };
}

export function disclosureIn({ origin, data }: Entry): DisclosureSum {
  return {
    type: (textIn(data, 'digital_source_type') ?? '') as SourceType,
    models: textsIn(data, 'models'),
    staysOnMachine: data['stays_on_machine'] === true,
    humanEdited: data['human_edited'] === true,
    gate: textIn(data, 'gate') ?? '',
    rehearsal: isRehearsed(origin),
    sha256: textIn(data, 'statement_sha256') ?? '',
  };
}

/** Who wrote how many words; an exact program on the lane `tool` is no AI. `lanes`: those of the attempts by their id. */
export function sharesIn({ data }: Entry, lanes: ReadonlyMap<string, string>): Shares {
  const shares = { ai: 0, program: 0, people: 0, broughtIn: 0 };
  for (const share of recordsIn(data, 'shares')) {
    const words = numberIn(share, 'words') ?? 0;
    const by = textIn(share, 'by');
    if (by === 'brought_in') shares.broughtIn += words;
    else if (by === 'person') shares.people += words;
    else if (lanes.get(textIn(share, 'id') ?? '') === 'tool') shares.program += words;
    else shares.ai += words;
  }
  return shares;
}

/** Whether stand-ins may have answered where an entry was written. */
export function isRehearsed(origin: string): boolean {
  return origin.startsWith('rehearsal/');
}

function momentIn(data: Data, key: string): Moment | null {
  const at = numberIn(data, key);
  return at === null ? null : moment(at);
}
