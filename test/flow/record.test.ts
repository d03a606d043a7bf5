import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BEGINNINGS } from '../../src/core/entry-type.ts';
import type { EntryType } from '../../src/core/entry-type.ts';
import { digest } from '../../src/flow/digest.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import {
  APPROVER,
  checklistOf,
  COLLEAGUE,
  give,
  GUEST,
  numberAt,
  OWNER,
  REVIEW,
  TEAM,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf, offers, wordsIn } from '../helpers/desk.ts';
import { fixture, textFile } from '../helpers/files.ts';
import { until } from '../helpers/until.ts';

/** Words that nobody but people in this day says; none of them can be part of a hash or an id. */
const MARKS = {
  client: 'Quokkafjord',
  slug: 'quokkafjord',
  request: 'zwergotter',
  file: 'lumpkuchen',
  answer: 'pyjamakrug',
  reason: 'xylothek',
  rejected: 'mottenfunk',
  edit: 'wolpertinger',
  talk: 'trollsuppe',
  minutes: 'nashornsock',
} as const;
const CHANNEL = 'C0ACME';
/** Names of places that are words of ours as well. */
const COMMON = ['', 'practice', 'general', 'aios'];

/** What is no decision: what the world is, or what was put in force. Everything else of the system names its rule. */
const FACTS: readonly EntryType[] = [
  'practice.founded',
  'rules.accepted',
  'rule.published',
  'persona.published',
  'price.published',
  'person.seen',
  'role.set',
  'client.created',
  // The channel's setting says for whom; somebody set that, with an entry.
  'request.placed',
];

type Line = { readonly entry: Entry; readonly text: string };

let running: Running;
let lines: readonly Line[];

const desk = (as: string) => deskOf(running, as);
const of = (...types: readonly EntryType[]): readonly Entry[] =>
  lines.map(({ entry }) => entry).filter((e) => types.includes(e.type));

/** A day in which people say, answer, send, name and type marked words wherever they can. */
async function play(): Promise<void> {
  await give(running, `client new ${MARKS.slug} "${MARKS.client} Ltd"`);
  await give(running, `client bind ${CHANNEL} ${MARKS.slug}`);
  await give(running, `client set ${MARKS.slug} review ${REVIEW}`);
  await give(running, `client approver ${MARKS.slug} <@${APPROVER}>`);
  await writing();
  await code();
  await unclear();
  await small();
  const { world } = running.aios;
  const { week } = await world.store.weekHolding(world.clock.now(), world.facility.zone);
  await digest(world, week);
}

/** A post for which the cloud is asked about, sent back with a reason, edited by hand, delivered, corrected. */
async function writing(): Promise<void> {
  const file = { ...(await fixture('day/blog/outline.md')), name: `${MARKS.file}.md` };
  const said = await desk(COLLEAGUE).say(
    CHANNEL,
    `@aios draft a blog post about the ${MARKS.request} from the outline. ${MARKS.talk}, thanks!`,
    [file],
  );
  const number = await numberAt(running, said);
  await desk(OWNER).press(
    await desk(OWNER).card(REVIEW, 'answer', 'models outside'),
    'Allowed, except confidential work',
  );
  await desk(APPROVER).press(await desk(APPROVER).card(REVIEW, 'run', `*#${number}*`), 'run');
  const first = await gate(number, 1);
  await desk(APPROVER).press(first, 'read');
  await until('it is read', () => running.human.views(APPROVER).length > 0);
  await closeAll();
  await form(first, 'send_back', `Too much ${MARKS.reason}.`);
  const second = await gate(number, 2);
  await desk(APPROVER).reply(second, `@aios my ${MARKS.edit}`, [
    textFile('post.md', `A ${MARKS.edit} is patient. Come on a Tuesday evening.\n`),
  ]);
  await desk(APPROVER).press(await gate(number, 3), 'approve');
  await taskIn(running, number, 'delivered');
  await give(running, `cost adjust #${number}.1 +0.01 invoice`);
  await give(running, `cost minutes #${number}.1 40`);
}

/** Code of high consequence, approved by the form. */
async function code(): Promise<void> {
  const file = await fixture('day/plugin-repaired/acme-bookings/includes/store.php');
  const number = await asked(`harden the plugin of the ${MARKS.request}`, [
    { ...file, name: `${MARKS.file}.php` },
  ]);
  await desk(APPROVER).press(await gate(number, 1), 'approve');
  const { view, field } = await checklistOf(running, APPROVER);
  await running.human.submit({ as: APPROVER, view, values: { [field]: [] } });
  await closeAll();
  await taskIn(running, number, 'delivered');
}

/** Words nobody can read: asked about and answered in words; then cancelled. */
async function unclear(): Promise<void> {
  const file = await fixture('day/blog/draft.md');
  const said = await desk(COLLEAGUE).say(CHANNEL, `@aios look at this ${MARKS.request}`, [file]);
  const number = await numberAt(running, said);
  const question = await desk(COLLEAGUE).card(CHANNEL, 'answer', `#${number}`);
  await desk(COLLEAGUE).reply(question, `@aios please format the attached file, ${MARKS.answer}`);
  await desk(COLLEAGUE).press(await desk(COLLEAGUE).card(REVIEW, 'run', `*#${number}*`), 'run');
  await gate(number, 1);
  const plan = await running.human.waitForMessage(
    { channel: REVIEW, as: COLLEAGUE },
    (m) => wordsIn(m).includes(`*#${number}*`) && wordsIn(m).includes('Cancel what is not'),
  );
  await running.human.choose({
    as: COLLEAGUE,
    message: plan,
    option: 'Cancel what is not finished',
  });
  await taskIn(running, number, 'cancelled');
}

/** A client's own words, an exact program, a rejection with a reason; and thanks, which make no task. */
async function small(): Promise<void> {
  const page = await fixture('day/untidy/notes.md');
  const number = await asked(`format the notes of ${MARKS.request}`, [page], GUEST);
  const card = await gate(number, 1);
  await form(card, 'reject', `We drop the ${MARKS.rejected}.`);
  await taskIn(running, number, 'rejected');
  const thanks = await desk(GUEST).say(CHANNEL, '@aios thank you so much!');
  await until('thanks are answered', async () => {
    const row = await running.aios.world.store.requestFrom(TEAM, CHANNEL, thanks.ts);
    return row?.step === 'empty';
  });
}

async function asked(
  text: string,
  files: Parameters<ReturnType<typeof desk>['say']>[2],
  as = COLLEAGUE,
) {
  const number = await numberAt(running, await desk(as).say(CHANNEL, `@aios ${text}`, files));
  await desk(APPROVER).press(await desk(APPROVER).card(REVIEW, 'run', `*#${number}*`), 'run');
  return number;
}

async function gate(number: number, draft: number) {
  await until(`draft ${draft} of ${number} waits`, async () => {
    const file = await taskIn(running, number, 'waiting');
    return file.drafts.length === draft;
  });
  return running.human.waitForMessage(
    { channel: REVIEW, as: APPROVER },
    (m) =>
      offers(m, 'approve') && new RegExp(`#${number}\\.1 [^*]*draft ${draft}\\*`).test(wordsIn(m)),
  );
}

async function form(
  card: { channel: string; ts: string },
  verb: 'send_back' | 'reject',
  reason: string,
) {
  const message = { channel: card.channel, ts: card.ts };
  if (verb === 'reject') await running.human.choose({ as: APPROVER, message, option: 'Reject…' });
  else await desk(APPROVER).press(message, verb);
  const view = await running.human.waitForView(APPROVER, (v) => v.callback_id === verb);
  await running.human.submit({ as: APPROVER, view, values: { reason } });
  await closeAll();
}

async function closeAll(): Promise<void> {
  for (const view of running.human.views(APPROVER))
    await running.human.closeView({ as: APPROVER, view });
}

beforeAll(async () => {
  running = await runAios();
  await play();
  const rows = await running.aios.base.sql<{ body: Uint8Array }[]>`
    select body from entry order by id`;
  lines = rows.map(({ body }) => ({
    entry: readEntry(body),
    text: new TextDecoder().decode(body),
  }));
}, 200_000);
afterAll(async () => running.close());

describe('the record of a day full of marked words', () => {
  test('the words were said, and kept where they can be erased', async () => {
    const store = running.aios.world.store;
    const kept: string[] = [];
    for (const { id } of await running.aios.base.sql<{ id: string }[]>`select id from body`) {
      const bytes = await running.aios.world.bodies.get(id as Parameters<typeof store.body>[0]);
      kept.push(new TextDecoder().decode(bytes));
    }
    const { minutes: _never, ...said } = MARKS;
    const all = `${kept.join('\n')} ${(await store.clients()).map((c) => `${c.slug} ${c.name}`).join(' ')}`;
    for (const mark of Object.values(said)) expect(all).toContain(mark);
  });

  test('no entry holds a word, a name or a Slack id', async () => {
    const { human } = running;
    const people = human.people();
    const { sql } = running.aios.base;
    const spots = await sql<{ ts: string; thread: string }[]>`select ts, thread from request`;
    const cards = await sql<{ ts: string; channel: string }[]>`
      select ts, channel from card where ts is not null`;
    const needles = [
      ...Object.values(MARKS),
      TEAM,
      ...people.map((p) => p.id),
      ...human.channels(OWNER).flatMap((c) => [c.id, c.name]),
      ...spots.flatMap(({ ts, thread }) => [ts, thread]),
      ...cards.flatMap(({ ts, channel }) => [ts, channel]),
      'The practice itself',
    ].filter((needle) => !COMMON.includes(needle.toLowerCase()));
    expect(needles.length).toBeGreaterThan(40);
    // Some names could stand in a hash by chance: those count as words of their own.
    const names = people.flatMap((p) => p.real_name.split(' '));
    for (const { text, entry } of lines) {
      const low = text.toLowerCase();
      const words = new Set(low.split(/[^a-z0-9]+/));
      const found = [
        ...needles.filter((needle) => low.includes(needle.toLowerCase())),
        ...names.filter((name) => words.has(name.toLowerCase())),
      ];
      expect([entry.type, found]).toEqual([entry.type, []]);
    }
  });
});

describe('the chain of causes', () => {
  test('begins with what a person or a clock began, and with nothing else', () => {
    const begun = new Set(lines.filter((l) => l.entry.cause === null).map((l) => l.entry.type));
    expect([...begun].filter((type) => !BEGINNINGS.includes(type))).toEqual([]);
    expect([...begun].sort()).toEqual([
      'client.created',
      'digest.posted',
      'person.seen',
      'practice.founded',
      'request.received',
    ]);
  });

  test('each cause is an entry that stands before what it led to', () => {
    const before = new Set<string>();
    for (const { entry } of lines) {
      if (entry.cause !== null)
        expect([entry.type, before.has(entry.cause)]).toEqual([entry.type, true]);
      before.add(entry.id);
    }
  });

  test('the end of a call follows from its beginning', () => {
    for (const end of of('attempt.ended')) {
      const start = of('attempt.started').find((e) => e.attempt === end.attempt);
      expect(end.cause).toBe(start?.id);
    }
  });
});

/** What is asked on each lane; a stand-in for the senior lane is asked for the model it stands for. */
const REQUESTED: Readonly<Record<string, string>> = {
  tool: 'format',
  local: 'rehearsal-local',
  senior: 'claude-opus-5-5',
};

describe('what is written down', () => {
  test('everything the system decided names a written rule whose text is kept', async () => {
    for (const { entry } of lines) {
      if (entry.actor.kind === 'person' || FACTS.includes(entry.type)) continue;
      const [id = '', hash = ''] = (entry.rule ?? '')
        .slice((entry.rule ?? '').indexOf('#') + 1)
        .split('@');
      const text = hash === '' ? null : await running.aios.world.store.loreStarting(hash);
      expect([entry.type, text?.text.includes(`id: ${id}`)]).toEqual([entry.type, true]);
    }
    const byRule = (type: EntryType) => of(type).map((e) => e.rule?.split('@')[0]);
    expect(new Set(byRule('disclosure.issued'))).toEqual(new Set(['life.yaml#DISCLOSE']));
    expect(new Set(byRule('digest.posted'))).toEqual(new Set(['life.yaml#DIGEST']));
    expect(new Set(byRule('task.cancelled'))).toEqual(new Set(['life.yaml#CANCEL']));
  });

  test('a route says where each fact came from and which text of the persona stands behind it', () => {
    const routes = of('task.routed');
    expect(routes.length).toBeGreaterThan(3);
    for (const { data, persona } of routes) {
      const named = running.aios.world.library.personas.byId.get(persona ?? '');
      expect(data['persona_sha256']).toBe(named?.hash ?? null);
      expect(data['origins']).toMatchObject({
        cloud: expect.any(String),
        kind: expect.any(String),
      });
      expect(data['piece']).toMatchObject({ hmac_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
  });

  test('a question names its words and its closed answers, an answer how long it was waited for', () => {
    const questions = of('person.asked');
    expect(questions.length).toBeGreaterThan(1);
    for (const { data } of questions)
      expect(data).toMatchObject({ question: expect.any(String), options: expect.any(Array) });
    const answers = of('person.answered');
    expect(answers.length).toBeGreaterThan(1);
    for (const { data } of answers) {
      const question = questions.find((q) => q.data['question'] === data['question']);
      expect(question).toBeDefined();
      expect(data['waited_ms']).toBeGreaterThan(0);
    }
  });

  test('a call names the files that went along, and on the tool lane its program and engine', () => {
    const [tool] = of('attempt.ended').filter((e) => e.lane === 'tool');
    expect(tool?.model).toMatch(/^format\/prettier@\d+\.\d+\.\d+$/);
    const starts = of('attempt.started');
    for (const { data, lane } of starts) {
      expect((data['context'] as readonly unknown[]).length).toBeGreaterThan(0);
      expect(data['model_requested']).toBe(REQUESTED[lane ?? '']);
    }
  });

  test('who changed which setting, role or sum is on record', () => {
    const data = of('client.set').map((e) => e.data);
    expect(data).toEqual([{ review: 'set' }, { cloud: 'allowed', question: expect.any(String) }]);
    expect(of('channel.bound', 'role.set', 'cost.adjusted', 'estimate.recorded').length).toBe(6);
  });
});
