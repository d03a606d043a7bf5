import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PersonId } from '../../../src/core/id.ts';
import { nanoUsd } from '../../../src/core/money.ts';
import { ruleRef } from '../../../src/core/rule.ts';
import { LINES } from '../../../src/flow/command/log.ts';
import type { Reply } from '../../../src/flow/ports/doors.ts';
import { leafHash } from '../../../src/ledger/hash.ts';
import { LIMITS } from '../../../src/slack/limits.ts';
import { pages } from '../../../src/slack/whisper.ts';
import { placeEntries } from '../../helpers/places.ts';
import { OWNER } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';
import { ADA, GUEST, makeLogScene, none, UNKNOWN } from './log-scene.ts';
import type { LogScene } from './log-scene.ts';

const SHA = 'c0ffee00'.padEnd(64, '0');

let scene: LogScene;
let t: TestWorld;
let acme: LogScene['acme'];
let work: LogScene['work'];
const text = (reply: Reply): string => reply.lines.join('\n');
const ask: LogScene['ask'] = (user, given) => scene.ask(user, given);
const write: LogScene['write'] = (line, cause) => scene.write(line, cause);

beforeAll(async () => {
  scene = await makeLogScene();
  ({ t, acme, work } = scene);
}, 60_000);
afterAll(() => scene.close());

describe('a line', () => {
  test('says when, about what, what, who, where, by which rule, at what cost, and where it stands', async () => {
    const [ada] = (await t.world.store.people()).filter((person) => person.slackUser === ADA);
    const rule = ruleRef(t.world.library.rules.byId.get('LANE-010') ?? none('LANE-010'));
    const about = { client: acme, request: work.request, task: work.task, draft: SHA };
    await write({
      type: 'attempt.ended',
      ...about,
      actor: { kind: 'persona', id: 'editor' },
      persona: 'editor',
      lane: 'senior',
      model: 'claude-opus-5-5',
      rule,
      costNano: nanoUsd(4_200_000),
    });
    await write({
      type: 'draft.approved',
      ...about,
      actor: { kind: 'person', id: ada?.id ?? '' },
      from: 'waiting',
      to: 'approved',
      minutes: 45,
    });
    await write({ type: 'attempt.ended', ...about, lane: 'tool' });
    const lines = (await t.say(OWNER, `log ${work.number}.1`)).lines;
    expect(lines[0]).toMatch(
      /^\d+ entries\. Times are Europe\/Berlin, oldest first; each line ends with its place in its log\.$/,
    );
    const when = '2026-11-23 10:05';
    const n = `${work.number}.1`;
    expect(lines.slice(-3)).toEqual([
      `- ${when} ${n} attempt.ended (work, test), by editor, model claude-opus-5-5 (senior), rule LANE-010 (lanes.yaml), $0.0042, draft c0ffee00, not in its log yet`,
      `- ${when} ${n} draft.approved (waiting to approved), by Ada Approver, 45 min by hand, draft c0ffee00, not in its log yet`,
      `- ${when} ${n} attempt.ended (work, test), by the system, lane tool, cost not known, draft c0ffee00, not in its log yet`,
    ]);
  });

  test('names members, never guests, and says of whom nothing is kept any more that they were erased', async () => {
    await ask(GUEST, 'help');
    const people = await t.world.store.people();
    const guest = people.find((person) => person.slackUser === GUEST)?.id ?? none('guest');
    const gone = UNKNOWN as PersonId;
    for (const id of [guest, gone])
      await write({ type: 'draft.read', client: acme, actor: { kind: 'person', id } });
    const said = await ask(OWNER, 'log client acme --type draft.read');
    expect(said).toContain('acme draft.read, by a guest, ');
    expect(said).toContain('acme draft.read, by an erased person, ');
    expect(said).not.toContain('Gina');
  });

  test('of what concerns the practice alone is about nothing else', async () => {
    expect(await ask(OWNER, 'log --type practice.founded')).toMatch(
      /\n- 2026-10-24 11:05 practice\.founded, by the system, not in its log yet$/,
    );
  });
});

describe('pages', () => {
  beforeAll(async () => {
    for (let at = 0; at < 70; at += 1)
      await write({ type: 'task.claimed', client: acme, request: work.request, task: work.task });
  });

  /** Follows the command each page ends with, as a person would type it. */
  async function follow(first: string, word: string): Promise<readonly (readonly string[])[]> {
    const found: string[][] = [];
    for (let given: string | undefined = first; given !== undefined;) {
      const { ok, lines } = await t.say(OWNER, given);
      expect(ok).toBe(true);
      expect(lines.length).toBeLessThanOrEqual(LINES + 3);
      found.push(lines.filter((one) => one.startsWith('- ')));
      const next: string | undefined = lines.find((one) => one.startsWith(word));
      given = next === undefined ? undefined : /\/aios (.*)$/.exec(next)?.[1];
    }
    return found;
  }

  test('lead to one another in both directions and hold every entry once', async () => {
    const whole =
      (await t.world.store.log({ reach: 'all' }, { towards: 'newer', cursor: null, limit: 999 }))
        ?.rows ?? [];
    const forward = await follow('log', 'Later ones: ');
    expect(forward.length).toBeGreaterThan(2);
    expect(forward.flat()).toHaveLength(whole.length);
    const back = await follow('log --latest', 'Earlier ones: ');
    expect(back.toReversed().flat()).toEqual(forward.flat());
    expect((await follow('log --latest --limit 9', 'Earlier ones: ')).toReversed().flat()).toEqual(
      forward.flat(),
    );
  });

  test('keep the filters they began with', async () => {
    const { lines } = await t.say(
      OWNER,
      `log ${work.number} --type task.claimed --person ada --limit 5`,
    );
    expect(lines).toEqual(['No entries.']);
    const page = await t.say(OWNER, `log ${work.number} --type task.claimed --limit 5`);
    expect(page.lines.at(-2)).toMatch(
      new RegExp(
        `^Later ones: /aios log ${work.number} --type task\\.claimed --limit 5 --after [0-9a-f-]{36}$`,
      ),
    );
    expect(page.lines.at(-1)).toBe(
      `The latest: /aios log ${work.number} --type task.claimed --limit 5 --latest`,
    );
  });

  test('fit into what Slack takes for one answer, with names as long as they may be', async () => {
    const long = {
      model: 'm'.repeat(120),
      persona: 'p'.repeat(120),
      rule: `${'f'.repeat(80)}#${'R'.repeat(80)}@${'ab'.repeat(8)}`,
    };
    for (let at = 0; at < LINES; at += 1)
      await write({
        type: 'attempt.ended',
        client: acme,
        request: work.request,
        task: work.task,
        from: 'reviewing',
        to: 'approved',
        lane: 'senior',
        draft: SHA,
        minutes: 999,
        costNano: nanoUsd(1),
        ...long,
      });
    const { lines } = await t.say(OWNER, 'log client acme');
    const texts = pages({ rehearsal: true }, lines);
    expect(texts.length).toBeLessThanOrEqual(LIMITS.responses);
    expect(texts.every((one) => one.length <= LIMITS.messageText)).toBe(true);
    expect(texts.at(-1)).toContain(lines.at(-1));
  });

  test('a cursor that is not there, bytes and long pages are answered with what to do', async () => {
    expect(await ask(OWNER, `log --after ${UNKNOWN}`)).toMatch(
      /^The entry to go on from is not among/,
    );
    expect(await ask(OWNER, `log ${work.number} --json`)).toBe(
      `Expected lines to read in Slack, got "--json". The command line has the whole of it: aios log ${work.number.slice(1)} --json`,
    );
    expect(await ask(OWNER, 'log --limit 500')).toMatch(
      /^Expected at most 28 entries at a time in Slack, got "--limit 500"/,
    );
  });
});

describe('one entry', () => {
  test('is shown whole: place, leaf hash, cause, the text of its rule, its JSON', async () => {
    const rule = t.world.library.rules.byId.get('LANE-010') ?? none('LANE-010');
    const cause = await write({
      type: 'task.routed',
      client: acme,
      task: work.task,
      request: work.request,
    });
    const id = await write(
      {
        type: 'task.started',
        client: acme,
        task: work.task,
        request: work.request,
        rule: ruleRef(rule),
      },
      cause,
    );
    const row = (await t.world.store.logEntry('all', { id })) ?? none('entry');
    const { lines } = await t.say(OWNER, `log ${id}`);
    expect(lines[0]).toMatch(
      new RegExp(
        `^2026-11-23 10:05 ${work.number}\\.1 task\\.started, by the system, rule LANE-010`,
      ),
    );
    expect(lines).toContain(`Entry: ${id}`);
    expect(lines).toContain(`Leaf hash: ${leafHash(row.bytes).toString('hex')}`);
    expect(text({ ok: true, lines })).toContain(
      `Caused by: ${cause}, task.routed at 2026-11-23 10:05, not in its log yet`,
    );
    expect(lines.find((one) => one.startsWith('Place: none yet'))).toBeDefined();
    const kept = (await t.world.store.loreStarting(rule.hash))?.text.trimEnd();
    expect(lines).toContain(kept);
    const json = lines.at(-1) ?? '';
    expect(JSON.stringify(JSON.parse(json))).toBe(Buffer.from(row.bytes).toString());
    expect(json).toContain('\n  "actor": {\n');
  });

  test('is found by its place, which a line ends with, and says whether it is signed', async () => {
    await placeEntries(scene.admin, { client: acme, signed: 3 });
    await placeEntries(scene.admin, { client: null });
    const { lines } = await t.say(OWNER, 'log --client acme --limit 5');
    const places = lines
      .filter((one) => one.startsWith('- '))
      .map((one) => /acme \d.*$/.exec(one)?.[0]);
    expect(places).toEqual([
      'acme 0',
      'acme 1',
      'acme 2',
      'acme 3, not signed yet',
      'acme 4, not signed yet',
    ]);
    expect(await ask(OWNER, 'log acme 2')).toContain(
      'Place: acme 2, counted from 0, in epoch 1 of its log; a signed checkpoint covers it (a proof of that: aios ledger prove, with its id).',
    );
    expect(await ask(OWNER, 'log acme 3')).toContain('the next signed checkpoint will cover it');
    expect(await ask(OWNER, 'log own log 0')).toContain('Place: own log 0, counted from 0');
    expect(await ask(OWNER, 'log acme 9,999')).toMatch(/^There is no such entry/);
    expect(await ask(OWNER, 'log acm 1')).toMatch(/Did you mean acme\?$/);
  });
});

describe('values', () => {
  test('that exist but found nothing are no mistake; the nearest one is named for what does not exist', async () => {
    expect(
      await ask(OWNER, 'log --persona editorial-reviewer --from 2020-01-01 --to 2020-01-02'),
    ).toMatch(/^(No entries\.|Expected a persona)/);
    expect(await ask(OWNER, 'log --model claude-opus-5-6')).toMatch(
      /^Expected a model that the record names, got "claude-opus-5-6"\. Did you mean claude-opus-5-5\?$/,
    );
    expect(await ask(OWNER, 'log --model secret-model --to 2020-01-01')).toBe('No entries.');
    expect(await ask(OWNER, 'log --rule LANE-01')).toMatch(/Did you mean LANE-\d+\?$/);
    expect(await ask(OWNER, 'log --rule LANE-010 --to 2020-01-01')).toBe('No entries.');
    expect(await ask(OWNER, 'log --client acne')).toMatch(/Did you mean acme\?$/);
    expect(await ask(OWNER, 'log --person "Ada Aprover"')).toMatch(/Did you mean Ada Approver\?$/);
  });

  test('a person is found by id, whole name or first name; two of a name are asked for', async () => {
    for (const name of [ADA, `<@${ADA}|ada>`, '@ada', '"ada approver"'])
      expect(await ask(OWNER, `log --person ${name}`)).toMatch(/^1 entry\./);
    t.people.set('U0ADA2', { name: 'Ada Assistant', role: 'colleague', bot: false });
    await t.say('U0ADA2', 'help');
    expect(await ask(OWNER, 'log --person ada')).toMatch(
      /^Expected one person, got "ada"\. That is the name of 2 people/,
    );
    expect(await ask(OWNER, 'log --person gina')).toMatch(/^Expected a person who acted/);
    expect(await ask(OWNER, `log --person ${GUEST}`)).toContain('by a guest');
  });
});
