import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digest } from '../../src/flow/digest.ts';
import { filesOf } from '../../src/flow/attempt/material.ts';
import type { Message } from '../../src/workspace/human/protocol.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  give,
  GUEST,
  numberAt,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { countEntries } from '../helpers/count-entries.ts';
import { deskOf, offers, wordsIn } from '../helpers/desk.ts';
import { fixture, outlineFile, textFile } from '../helpers/files.ts';
import { QUICK, rulesWith } from '../helpers/quick-rules.ts';
import { until } from '../helpers/until.ts';

const EDITED =
  'Clay is patient with everybody. Come on a Tuesday evening and bring an old shirt.\n';

/** One thing of AIOS that a guest could see, as it was at that moment; files with their bytes as text. */
type Glimpse = { readonly message: Message; readonly files: readonly string[] };

/** Writes down everything AIOS posts, edits or whispers where this guest can see it, from now on. */
function watch(running: Running) {
  const { human } = running;
  const glimpses: Promise<Glimpse>[] = [];
  const forms: string[] = [];
  const visible = (m: Message): boolean => {
    if (m.ephemeral_to !== undefined) return m.ephemeral_to === GUEST;
    return human.channels(GUEST).some((c) => c.id === m.channel && c.members.includes(GUEST));
  };
  const stops = [
    human.onBotMessage((message) => {
      if (visible(message)) glimpses.push(glimpse(running, message));
    }),
    human.listen((n) => {
      if (n.is === 'view' && n.view.person === GUEST) forms.push(JSON.stringify(n.view));
    }),
  ];
  return {
    forms,
    all: () => Promise.all(glimpses),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

async function glimpse(running: Running, message: Message): Promise<Glimpse> {
  const bytes = await Promise.all(
    (message.files ?? []).map((f) => running.human.download(GUEST, f)),
  );
  return { message, files: bytes.map((b) => new TextDecoder().decode(b)) };
}

/** What only the practice may read: prices, times, findings, plans, drafts, the machinery behind them. */
const INNER =
  /\$\s?\d|no cost|costs nothing|min by hand|finding|passed the checks|waits for (Run|a decision)|being worked on|sent back|\bon (tool|local|seat|senior)\b|\blane\b|[A-Z]+-\d{3}\b|\.yaml|"action_id":"(run|read|approve|send_back)/i;

function sixWordRuns(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(0, -5).map((_, i) => words.slice(i, i + 6).join(' ')));
}

describe('a whole day in a channel with a client', () => {
  const quick = rulesWith(QUICK);
  let running: Running;
  beforeAll(async () => {
    running = await runAios({ env: { AIOS_RULES_DIR: quick.folder } });
    await settleAcme(running);
  }, 60_000);
  afterAll(async () => {
    await running.close();
    quick.remove();
  });

  const desk = (as: string) => deskOf(running, as);

  async function run(at: { channel: string; ts: string }): Promise<number> {
    const number = await numberAt(running, at);
    const ada = desk(APPROVER);
    await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
    return number;
  }
  async function gate(number: number, draft: number): Promise<Message> {
    await until(`draft ${draft} of ${number} waits`, async () => {
      const file = await taskIn(running, number, 'waiting');
      return file.drafts.length === draft;
    });
    return running.human.waitForMessage(
      { channel: REVIEW, as: APPROVER },
      (m) =>
        offers(m, 'approve') &&
        wordsIn(m).includes(`*#${number}.1 `) &&
        wordsIn(m).includes(`draft ${draft}*`),
    );
  }
  async function fill(card: Message, verb: 'send_back' | 'reject', reason: string) {
    const { human } = running;
    if (verb === 'send_back') await desk(APPROVER).press(card, verb);
    else await human.choose({ as: APPROVER, message: card, option: 'Reject…' });
    const view = await human.waitForView(APPROVER, (v) => v.callback_id === verb);
    await human.submit({ as: APPROVER, view, values: { reason } });
    for (const open of human.views(APPROVER)) await human.closeView({ as: APPROVER, view: open });
  }

  test('shows receipts, questions and approved deliveries there, and nothing else', async () => {
    const { human } = running;
    const seen = watch(running);
    const rehearsal = running.aios.base.rehearsal;
    const gil = desk(GUEST);
    const caleb = desk(COLLEAGUE);

    // A guest asks; an exact program does it; approved.
    const first = await gil.say(ACME, '@aios please format the attached file', [
      await fixture('day/untidy/notes.md'),
    ]);
    const one = await run(first);
    await desk(APPROVER).press(await gate(one, 1), 'read');
    await desk(APPROVER).press(await gate(one, 1), 'approve');
    await taskIn(running, one, 'delivered');

    // A colleague asks; the gate sends back once, a person once; edited; approved.
    rehearsal?.script({ lane: 'senior', answer: { as: 'leave_fault' } });
    const second = await caleb.say(ACME, '@aios draft a blog post from the outline', [
      await outlineFile(),
    ]);
    const two = await run(second);
    const back = await gate(two, 2);
    expect((await taskIn(running, two, 'waiting')).reviews.map((r) => r.outcome)).toEqual([
      'send_back',
      'pass',
    ]);
    await fill(back, 'send_back', 'Name the evening of the course first, please, in plain words.');
    const redone = await gate(two, 3);
    await desk(APPROVER).press(redone, 'read');
    await desk(APPROVER).reply(redone, '@aios mine', [textFile('post.md', EDITED)]);
    await desk(APPROVER).press(await gate(two, 4), 'approve');
    await taskIn(running, two, 'delivered');

    // Nobody can tell what this is: asked, by a button; then rejected.
    const third = await caleb.say(
      ACME,
      '@aios hm, could you look at the spelling of this? not sure what it needs',
      [await fixture('day/blog/draft.md')],
    );
    const question = await caleb.card(ACME, 'answer', `#${await numberAt(running, third)}`);
    await gil.press(question, 'Something else');
    await until('the guest is refused', () =>
      human
        .messages(ACME, { as: GUEST })
        .some((m) => m.ephemeral_to === GUEST && m.text.includes('Only members of the practice')),
    );
    await caleb.press(question, 'List spelling and grammar mistakes');
    const three = await run(third);
    await fill(await gate(three, 1), 'reject', 'We read this one ourselves after all.');
    await taskIn(running, three, 'rejected');

    // An answer nobody can use: a person is asked there; then a lane is down: held, said to the practice.
    rehearsal?.script(
      { lane: 'senior', answer: { as: 'text', text: 'no' }, times: 2 },
      { lane: 'senior', fault: '401' },
    );
    const fourth = await caleb.say(ACME, '@aios draft a blog post from the outline', [
      await outlineFile(),
    ]);
    const four = await run(fourth);
    await taskIn(running, four, 'asking');
    const fifth = await caleb.say(ACME, '@aios draft a blog post from the outline', [
      await outlineFile(),
    ]);
    const five = await run(fifth);
    await taskIn(running, five, 'held');

    // What AIOS does not do, and a file nobody can fetch.
    const sixth = await gil.say(ACME, '@aios thank you so much!');
    await until('it was answered', async () => {
      const row = await running.aios.world.store.requestFrom('T0AIOS', ACME, sixth.ts);
      return row?.step === 'empty';
    });

    for (const text of [
      'status',
      `why #${two}`,
      `log #${two}.1`,
      'cost',
      'client show',
      'new draft a post',
    ])
      await human.slash({ as: GUEST, channel: ACME, command: '/aios', text });
    for (const text of ['status', `why #${two}`, 'cost week'])
      await human.slash({ as: COLLEAGUE, channel: ACME, command: '/aios', text });
    const { world } = running.aios;
    const { week } = await world.store.weekHolding(world.clock.now(), world.facility.zone);
    await digest(world, week);
    const told = await human.waitForMessage({ channel: ACME, as: GUEST }, (m) =>
      m.text.includes('Digest'),
    );
    expect(told.text).toContain('2 tasks delivered');
    seen.stop();

    const files = await Promise.all(
      [one, two, three, four, five].map(async (request) => {
        const id = await world.store.findTask({ request, ordinal: 1 });
        return id === null ? null : world.store.taskFile(id);
      }),
    );
    const drafts = files.flatMap((f) => f?.drafts ?? []);
    expect(drafts.length).toBeGreaterThanOrEqual(6);
    const texts = await Promise.all(
      drafts.map(async (d) =>
        (await filesOf(world, d.files)).map((f) => new TextDecoder().decode(f.bytes)),
      ),
    );
    const runs = texts.flat().map(sixWordRuns);

    const glimpses = await seen.all();
    expect(glimpses.length).toBeGreaterThan(10);
    expect(seen.forms).toEqual([]);
    const delivered = glimpses.filter((g) => g.files.length > 0);
    const approved = drafts.filter((d) =>
      files.some((f) =>
        f?.decisions.some((x) => x.verb === 'approve' && x.draftSha256 === d.sha256),
      ),
    );
    expect(approved).toHaveLength(2);
    const released = await Promise.all(
      approved.map(async (d) =>
        (await filesOf(world, d.files)).map((f) => new TextDecoder().decode(f.bytes)),
      ),
    );
    expect(delivered.map((g) => g.files)).toEqual(released);
    for (const { message } of delivered) {
      expect(message.text).toMatch(
        /Approved by \S.* on .* UTC\. Draft [0-9a-f]{12}\. Record [\d,]+ · [0-9a-f]{8}\./,
      );
      expect(message.text).toMatch(/No AI model was used|Written with AI/);
    }
    for (const { message } of glimpses) {
      const said = wordsIn(message);
      // The digest tells of delivered work alone, and may say what that cost.
      if (!said.includes('Digest')) expect(said).not.toMatch(INNER);
      const own = sixWordRuns(said);
      for (const draft of runs) expect([...own].filter((r) => draft.has(r))).toEqual([]);
      expect(kindOf(message)).not.toBe('something else');
    }
    expect(running.logged).toEqual([]);
  }, 60_000);

  test('once a guest joins the review place, its cards move to the direct messages of whoever decides', async () => {
    const { human } = running;
    const said = await desk(COLLEAGUE).say(ACME, '@aios draft a blog post from the outline', [
      await outlineFile(),
    ]);
    const number = await run(said);
    const card = await gate(number, 1);
    await human.invite({ as: OWNER, channel: REVIEW, who: GUEST });
    const seen = watch(running);

    await desk(APPROVER).press(card, 'read');
    const dm = (await human.dmOf(APPROVER)).id;
    await human.waitForMessage({ channel: dm, as: APPROVER }, (m) => (m.files?.length ?? 0) > 0);
    await fill(card, 'send_back', 'Shorter, and name the evening of the course, please.');
    const next = await human.waitForMessage(
      { channel: dm, as: APPROVER },
      (m) => offers(m, 'approve') && wordsIn(m).includes(`*#${number}.1 `),
    );
    await human.waitForMessage({ channel: dm, as: APPROVER }, (m) =>
      wordsIn(m).includes(`*#${number}* Acme`),
    );
    await desk(APPROVER).press(next, 'approve');
    await taskIn(running, number, 'delivered');
    await until('the receipt is there', () =>
      human.messages(dm, { as: APPROVER }).some((m) => wordsIn(m).includes('delivered to')),
    );
    seen.stop();

    const inReview = (await seen.all()).filter((g) => g.message.channel === REVIEW);
    for (const { message, files } of inReview) {
      expect(message.text).toContain('This card now stands where only the practice reads along.');
      expect(files).toEqual([]);
    }
    expect(inReview.length).toBeGreaterThan(0);
  }, 60_000);
});

/** What a channel of a client may hear. */
function kindOf(message: Message): string {
  const { text } = message;
  if (message.ephemeral_to !== undefined) return 'refusal';
  if (/\*#\d+\*.* (Received|A person looks)/.test(text) || /A person looks at it/.test(text))
    return 'received';
  if (/Answered by/.test(text) || offers(message, 'answer')) return 'question';
  if ((message.files?.length ?? 0) > 0) return 'delivered';
  if (text.includes('Digest')) return 'digest of delivered work';
  return 'something else';
}

describe('who reads along decides what is said', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runAios();
    await give(running, 'client new acme "Acme Ltd"');
    await give(running, 'client set acme cloud allowed');
  }, 60_000);
  afterAll(async () => running.close());
  const desk = (as: string) => deskOf(running, as);

  test('in a channel that nobody bound it is asked once for whom, and the plan goes elsewhere', async () => {
    const caleb = desk(COLLEAGUE);
    const said = await caleb.say('C0BOREALIS', '@aios please format the attached file', [
      await fixture('day/untidy/notes.md'),
    ]);
    const asked = await caleb.card('C0BOREALIS', 'answer', 'For whom');
    await caleb.press(asked, 'Acme Ltd');
    const owners = (await running.human.dmOf(OWNER)).id;
    const number = await numberAt(running, said);
    await desk(OWNER).card(owners, 'run', `*#${number}*`);
    const here = running.human.messages('C0BOREALIS', { as: COLLEAGUE }).filter((m) => m.bot);
    expect(here.map(kindOf)).toEqual(['received', 'question']);
    expect(here.filter((m) => wordsIn(m).includes('For whom'))).toHaveLength(1);
  });

  test('where a guest reads along the names of other clients go to the asker alone', async () => {
    const caleb = desk(COLLEAGUE);
    await caleb.say(ACME, '@aios please format the attached file', [
      await fixture('day/untidy/notes.md'),
    ]);
    const mine = (await running.human.dmOf(COLLEAGUE)).id;
    const asked = await caleb.card(mine, 'answer', 'For whom');
    expect(
      running.human.messages(ACME, { as: GUEST }).some((m) => wordsIn(m).includes('Acme Ltd')),
    ).toBe(false);
    await caleb.press(asked, 'Acme Ltd');
    await running.human.waitForMessage(
      { channel: mine, as: COLLEAGUE },
      (m) => m.ts === asked.ts && m.text.includes('Answered by'),
    );
  });

  test('every direct message is asked about once; of a guest the owner is asked, and no guest can answer', async () => {
    const gil = desk(GUEST);
    const said = await gil.dm('please format the attached file', [
      await fixture('day/untidy/notes.md'),
    ]);
    const owners = (await running.human.dmOf(OWNER)).id;
    const number = await numberAt(running, said);
    const asked = await desk(OWNER).card(owners, 'answer', `*#${number}*`);
    const { world, verbs } = running.aios;
    const card = await until(
      'the card is written down',
      async () => (await world.store.cardAt(owners, asked.ts)) ?? undefined,
    );
    const question = card.questionId === null ? null : await world.store.question(card.questionId);
    const before = await countEntries(running.aios.base.sql);
    const refused = await verbs.press({
      card: card.id,
      verb: 'answer',
      choice: question?.options[0]?.value ?? '',
      team: 'T0AIOS',
      user: GUEST,
    });
    expect(refused).toMatchObject({ is: 'refused' });
    const reply = await gil.reply(said, 'acme');
    await numberAt(running, reply);
    expect((await world.store.question(question?.id ?? ('' as never)))?.answeredAt).toBeNull();
    expect(await countEntries(running.aios.base.sql)).toBeGreaterThan(before);
    await desk(OWNER).press(asked, 'Acme Ltd');
    await desk(OWNER).card(owners, 'run', `*#${number}*`);
    const dm = running.human.messages(said.channel, { as: GUEST }).filter((m) => m.bot);
    expect(dm.every((m) => kindOf(m) === 'received')).toBe(true);
  });

  test("a channel of the practice counts as a client's as long as somebody from outside is in it", async () => {
    await give(running, 'client bind C0PRACTICE acme --audience practice');
    const caleb = desk(COLLEAGUE);
    const ask = async () =>
      caleb.say('C0PRACTICE', '@aios please format the attached file', [
        await fixture('day/untidy/notes.md'),
      ]);
    const inside = await ask();
    await caleb.card('C0PRACTICE', 'run', `*#${await numberAt(running, inside)}*`);
    await running.human.invite({ as: OWNER, channel: 'C0PRACTICE', who: GUEST });
    const outside = await ask();
    const owners = (await running.human.dmOf(OWNER)).id;
    await desk(OWNER).card(owners, 'run', `*#${await numberAt(running, outside)}*`);
    const thread = running.human
      .thread('C0PRACTICE', outside.ts, { as: GUEST })
      .filter((m) => m.bot);
    expect(thread.map(kindOf)).toEqual(['received']);
  });
});
