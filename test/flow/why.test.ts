import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eraseRequest, playRoutes, pressed, WORD } from '../helpers/routed-day.ts';
import type { RoutedDay } from '../helpers/routed-day.ts';
import { makeTestWorld, OWNER } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';

let t: TestWorld;
let day: RoutedDay;
beforeAll(async () => {
  t = await makeTestWorld();
  day = await playRoutes(t);
}, 60_000);
afterAll(async () => t.close());

async function why(name: keyof RoutedDay['requests']): Promise<string> {
  const file = await t.world.store.requestFile(day.requests[name]);
  const reply = await t.say(OWNER, `why #${file?.request.number}`);
  expect(reply.ok).toBe(true);
  return reply.lines.join('\n');
}

describe('why tells a task like a colleague would', () => {
  test('first where it is, then the rule with its text, then what was known and from where', async () => {
    const lines = (await why('moved')).split('\n');
    expect(lines[0]).toMatch(
      /^#\d+\.1 Write buttons, labels and messages: Microcopy writer, on the seat lane\. It is queued now\.$/,
    );
    expect(lines[1]).toBe('Olga Owner chose the seat lane in place of the local lane.');
    expect(lines[2]).toBe(
      'LANE-004 decided: An approver named a lane that costs more than the rules would spend. The rule as it stood then:',
    );
    expect(lines[3]).toBe('    id: LANE-004');
    const told = lines.join('\n');
    expect(told).toMatch(/- kind of work: write\.microcopy, \d+ of 100 sure; .*(label|button)/);
    expect(told).toMatch(/- consequence: \w+; so it is written for kind write\.microcopy/);
    expect(told).toContain('Not on the tool lane (free): no exact program does this kind of work.');
  });

  test('what was decided, in order, with titles and names and without hashes in the middle', async () => {
    const told = await why('moved');
    const story = told.slice(told.indexOf('What was decided, in order:'));
    expect(story).toMatch(/planned for the \S+ on the local lane, by LANE-020 \(Routine work/);
    expect(story).toMatch(/Olga Owner started it/);
    expect(story).toMatch(
      /Olga Owner changed it: the seat lane instead of local; the rules then decided for the \S+ on the seat lane, by LANE-004/,
    );
    const lines = told.split('\n');
    for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[0-9a-f]{16}/);
    expect(lines.at(-1)).toMatch(/^For the record: lanes\.yaml#LANE-004@[0-9a-f]{16}, rule set /);
  });

  test('an answer, and what it led to', async () => {
    expect(await why('cloud')).toMatch(
      /planned to ask about cloud first, by LIMIT-040[^]*Olga Owner answered about cloud; decided anew for the \S+ on the senior lane/,
    );
    expect(await why('held')).toMatch(/held until lane local can be had, by HOLD-LANE-OFF \(/);
  });

  test('what makes no task says so, under its rule', async () => {
    expect(await why('paid')).toMatch(
      /^#\d+: no task was made of piece 1, by ANSWER-HUMAN \(Only a person does this\)$/,
    );
    expect(await why('both')).toMatch(/^#\d+\.2 [^]*no task was made of piece 1, by ANSWER-HUMAN/);
  });

  test('a number nobody has is answered with a sentence', async () => {
    const reply = await t.say(OWNER, 'why 142.2');
    expect(reply.lines.join('')).toMatch(/^There is no #142\.2 that you asked for or decide about/);
  });

  test('the words behind a fact, until they are erased, and then that they are', async () => {
    const before = await why('private');
    expect(before).toMatch(/- sensitivity: confidential; the words say so: patient/);
    expect(before).toMatch(/Limit LIMIT-020 applied: .* It closes the seat and senior lane\./);
    await pressed(t, day.requests.private, { verb: 'cancel' });
    await eraseRequest(t, day.requests.private);
    const after = await why('private');
    expect(after).not.toContain(WORD);
    expect(after).toMatch(/- sensitivity: confidential; words of the request say so/);
    expect(after).toMatch(/The words of the request behind these facts were erased on \d{4}-/);
    expect(after).toContain('Rules before it, and why they did not decide:');
  });
});
