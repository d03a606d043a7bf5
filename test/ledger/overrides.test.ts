import { expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import { countOverrides, overridesIn } from '../../src/ledger/overrides.ts';
import type { Entry } from '../../src/ledger/read.ts';

const RULE = `lanes.yaml#LANE-080@${'ab'.repeat(8)}`;

function entry(type: Entry['type'], more: Partial<Entry>): Entry {
  return {
    id: 'entry',
    nonce: '',
    type,
    at: moment(1),
    cause: null,
    build: 'test',
    origin: 'test',
    policy: '',
    actor: { kind: 'person', id: 'ada' },
    rule: null,
    client: null,
    request: null,
    task: 'task-1',
    attempt: null,
    from: null,
    to: null,
    lane: null,
    model: null,
    persona: null,
    draft: null,
    costNano: null,
    minutes: null,
    data: {},
    ...more,
  };
}

const said = (...entries: readonly Entry[]) =>
  overridesIn(entries).map(({ what, rule, from, to }) => [what, rule, from, to]);

test('one change may override several things, each with the rule that had decided', () => {
  const data = {
    kind: 'edit.draft',
    overrode_lane: 'senior',
    overrode_persona: 'editor',
    overrode_kind: 'draft.blog',
    overrode_after: null,
    overrode_rule: RULE,
  };
  expect(said(entry('task.changed', { lane: 'local', persona: 'rewriter', data }))).toEqual([
    ['lane', 'LANE-080', 'senior', 'local'],
    ['persona', 'LANE-080', 'editor', 'rewriter'],
    ['kind', 'LANE-080', 'draft.blog', 'edit.draft'],
    ['order', 'LANE-080', null, null],
  ]);
});

test('what only stayed, as earlier entries say it, is no override, and neither is what the system did', () => {
  const stayed = { kind: 'draft.blog', overrode_lane: 'senior', overrode_kind: 'draft.blog' };
  const same = { lane: 'senior', data: stayed };
  expect(said(entry('task.changed', same))).toEqual([]);
  const moved = { lane: 'local', data: { from_lane: 'senior' } };
  expect(said(entry('task.rerouted', moved))).toEqual([['lane', null, 'senior', 'local']]);
  expect(said(entry('task.rerouted', { ...moved, actor: { kind: 'rule', id: RULE } }))).toEqual([]);
});

test('a piece that is dropped counts; the end of a plan, of a started task and of a replaced piece do not', () => {
  const from = 'proposed';
  expect(said(entry('task.cancelled', { from }))).toEqual([['drop', null, null, null]]);
  expect(
    said(
      entry('task.cancelled', { from, rule: RULE }),
      entry('task.cancelled', { from: 'queued' }),
      entry('task.cancelled', { from, data: { pieces: 'entry-1', replaced_by: [] } }),
    ),
  ).toEqual([]);
  expect(said(entry('request.pieces_changed', { task: null }))).toEqual([
    ['pieces', null, null, null],
  ]);
});

test('they are added up by what, which rule and to what, most first', () => {
  const lane = (to: string) =>
    entry('task.rerouted', { lane: to, data: { from_lane: 'senior', overrode_rule: RULE } });
  const all = overridesIn([lane('seat'), lane('local'), lane('local')]);
  expect(countOverrides(all)).toEqual([
    { what: 'lane', rule: 'LANE-080', to: 'local', times: 2 },
    { what: 'lane', rule: 'LANE-080', to: 'seat', times: 1 },
  ]);
});
