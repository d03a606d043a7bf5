import { describe, expect, test } from '@jest/globals';
import { ERASE_GROUNDS, ERASE_SCOPES } from '../../src/core/record-words.ts';
import type { EraseScope } from '../../src/core/record-words.ts';
import type { ClientId, RequestId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { STATES } from '../../src/core/task.ts';
import { erasedWords, groundWords, stateWords, stopWords } from '../../src/ledger/figure-words.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { sumUp } from '../../src/ledger/sums.ts';
import { bundleOf, faultsIn, newSigner, textIn } from '../helpers/bundle.ts';
import { throwDice } from '../helpers/dice.ts';
import { openPen, SYSTEM } from '../helpers/pen.ts';

const REST = { entry: 'e', at: moment(0), ground: 'person', orderedBy: null };

describe('what was erased', () => {
  test.each<[EraseScope, number, string | null, string]>([
    ['body', 1, '#7.2', '1 text of #7.2'],
    ['body', 1, null, '1 text of this client'],
    ['task', 5, '#7.2', '5 texts of #7.2, erased as a whole'],
    ['request', 1_200, '#7', '1,200 texts of #7, erased as a whole'],
    ['client', 60, null, '60 texts of this client, erased as a whole'],
    ['client', 0, null, 'the name of this client, erased as a whole'],
    ['person', 0, null, 'the name of a person'],
  ])('%s, %i texts of %s', (scope, bodies, number, says) => {
    expect(erasedWords({ ...REST, scope, bodies, number })).toBe(says);
  });

  test('every scope has words of its own, and what is none says how many', () => {
    const said = ERASE_SCOPES.map((scope) =>
      erasedWords({ ...REST, scope, bodies: 3, number: scope === 'request' ? '#7' : '#7.2' }),
    );
    expect(new Set(said).size).toBe(ERASE_SCOPES.length);
    for (const scope of ['constructor', '__proto__', ''])
      expect(erasedWords({ ...REST, scope, bodies: 2, number: null })).toBe('2 texts');
  });

  test('every ground is a sentence and no word of the record', () => {
    for (const ground of ERASE_GROUNDS) expect(groundWords(ground)).toMatch(/^[a-z]+ .* [a-z]+$/);
  });
});

test('every state is told in words', () => {
  for (const state of STATES) expect(stateWords(state)).toMatch(/^[a-z]/);
});

test('a task that ended because nobody took it up again was not cancelled by a person', () => {
  const stop = { entry: 'e', type: 'task.cancelled', number: '#7.1', at: moment(0), rule: null };
  const by = (kind: string) => stopWords({ ...stop, by: { kind, id: 'x' }, about: null });
  expect(by('person')).toBe('Cancelled by a person');
  expect(by('rule')).toMatch(/^Ended: it had expired/);
});

/** The record of a client of which texts were erased in every way an entry of its log can say. */
function erasing() {
  const pen = openPen(throwDice(5), Date.UTC(2026, 10, 20));
  const client = pen.id() as ClientId;
  const request = pen.id() as RequestId;
  const task = pen.id() as TaskId;
  const first = pen.note({ type: 'client.created', client }, null);
  const received = { content: pen.body(), files: 0, received: first, requester: pen.id() };
  const data = { ...received, number: 7 };
  const placed = pen.note({ type: 'request.placed', actor: SYSTEM, client, request, data }, null);
  const rule = `life.yaml#RULE-0@${'00'.repeat(8)}`;
  const by = { actor: { kind: 'rule', id: rule }, rule, client, request, task } as const;
  const routed = { ...by, to: 'proposed', lane: 'tool' } as const;
  pen.note({ ...routed, type: 'task.routed', data: { ordinal: 2, limits: [] } }, placed);
  const erased = (scope: EraseScope, about: object, bodies: number) =>
    pen.note(
      {
        type: 'content.erased',
        client,
        ...about,
        data: { scope, ground: 'person', bodies: Array.from({ length: bodies }, () => pen.id()) },
      },
      null,
    );
  erased('body', { request, task }, 1);
  erased('task', { request, task }, 4);
  erased('request', { request }, 2);
  erased('client', {}, 3);
  erased('client', {}, 0);
  return (pen.logs.get(client)?.entries ?? []).map(({ bytes }) => Buffer.from(bytes));
}

const SAID = [
  '1 text of #7.2',
  '4 texts of #7.2, erased as a whole',
  '2 texts of #7, erased as a whole',
  '3 texts of this client, erased as a whole',
  'the name of this client, erased as a whole',
];

test('the sums say of each whose texts they were', () => {
  const summing = sumUp({ from: moment(0), to: moment(9e15) });
  for (const bytes of erasing()) summing.take(readEntry(bytes));
  const { erasures, totals } = summing.end();
  expect(erasures.map(erasedWords)).toEqual(SAID);
  expect(totals.erased).toBe(10);
});

test('so the page of a statement says, and its own check makes it again', () => {
  const lines = erasing().map(String);
  const bundle = bundleOf({ lines, signer: newSigner() });
  const page = textIn(bundle, 'report.html');
  for (const words of SAID) expect(page).toContain(`/texts">${words}</`);
  const lied = { ...bundle, files: new Map(bundle.files) };
  lied.files.set('report.html', Buffer.from(page.replace('4 texts of', '3 texts of')));
  expect(faultsIn(lied).some(({ place }) => place.startsWith('report.html'))).toBe(true);
});
