import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientId } from '../../../src/core/id.ts';
import { readsAlone } from '../../../src/flow/command/command.ts';
import { SUBCOMMANDS } from '../../../src/flow/command/table.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import type { Reply } from '../../../src/flow/ports/doors.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import type { Entry } from '../../../src/ledger/read.ts';
import { countEntries } from '../../helpers/count-entries.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

const COLLEAGUE = 'U0COLLEAGUE';
const GUEST = 'U0GUEST';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(async () => t.close());

const text = (reply: Reply): string => reply.lines.join('\n');
const entries = (): Promise<number> => countEntries(t.sql);

async function client(slug: string) {
  const found = (await t.world.store.clients()).find((c) => c.slug === slug);
  if (found === undefined) throw new Error(`no client ${slug}`);
  return found;
}

async function latest(of: ClientId, limit: number): Promise<readonly Entry[]> {
  const filter = { reach: 'all', client: of } as const;
  const page = await t.world.store.log(filter, { towards: 'older', cursor: null, limit });
  return (page?.rows ?? []).map((row) => readEntry(row.bytes));
}

/** Asserts that a command is refused with these words, wrote nothing, and that the next valid one works. */
async function refuses(user: string, given: string, says: RegExp): Promise<void> {
  await t.say(user, 'help');
  const before = await entries();
  const reply = await t.say(user, given);
  expect(reply.ok).toBe(false);
  expect(text(reply)).toMatch(says);
  expect(await entries()).toBe(before);
  expect((await t.say(user, 'help')).ok).toBe(true);
}

describe('help and what is no subcommand', () => {
  test('the owner is shown every row of the table', async () => {
    const said = text(await t.say(OWNER, 'help'));
    for (const row of SUBCOMMANDS) expect(said).toContain(row.usage);
    expect(await t.say(OWNER, '')).toEqual(await t.say(OWNER, 'help'));
  });

  test('a colleague is shown what a colleague may do', async () => {
    const said = text(await t.say(COLLEAGUE, 'help'));
    expect(said).toContain('new <request>');
    expect(said).not.toContain('client new');
  });

  test.each([
    ['staus', 'status'],
    ['client bnd this acme', 'client bind'],
    ['clinet show', 'client show'],
    ['clint', 'client new\\|bind\\|show\\|approver\\|set'],
    ['client', 'client new\\|bind\\|show\\|approver\\|set'],
    ['lgo client acme', 'log'],
    ['Digset', 'digest'],
  ])('%j is answered with %j and the list', async (given, meant) => {
    await refuses(OWNER, given, new RegExp(`Did you mean \`${meant}\`\\?`));
  });

  test('a word near to none gets the list alone', async () => {
    await refuses(OWNER, 'xylophone', /got "xylophone"\. What you can ask:/);
  });
});

describe('a command that only reads', () => {
  test('is told from one that acts, whatever stands behind it', () => {
    const reading = SUBCOMMANDS.filter(({ does }) => does === 'reads').map(({ word }) => word);
    for (const text of [...reading, 'why #1', 'STATUS', 'cost week', 'staus', ''])
      expect([text, readsAlone(text)]).toEqual([text, true]);
    for (const text of [
      'new a post',
      'client new',
      'Client Set acme cloud never',
      'cost adjust #1.1',
      'cost lost #1.1',
    ])
      expect([text, readsAlone(text)]).toEqual([text, false]);
  });

  test.each(SUBCOMMANDS.filter(({ does }) => does === 'reads'))(
    '$word writes nothing',
    async ({ word }) => {
      await t.say(OWNER, 'help');
      const before = await entries();
      await t.say(OWNER, word);
      await t.say(OWNER, `${word} #1`);
      expect(await entries()).toBe(before);
    },
  );
});

describe('a guest', () => {
  test.each(SUBCOMMANDS.map((row) => row.word))(
    'gets one sentence and no data for %j',
    async (word) => {
      const reply = await t.say(GUEST, `${word} practice`);
      expect(reply.lines).toHaveLength(1);
      expect(text(reply)).toMatch(/^Commands are for members of the practice\./);
    },
  );

  test('who became one is refused at once', async () => {
    const was = t.people.get(COLLEAGUE);
    expect((await t.say(COLLEAGUE, 'status')).ok).toBe(true);
    t.people.set(COLLEAGUE, { name: 'Carl Colleague', role: 'guest', bot: false });
    expect((await t.say(COLLEAGUE, 'status')).ok).toBe(false);
    if (was !== undefined) t.people.set(COLLEAGUE, was);
    expect((await t.say(COLLEAGUE, 'status')).ok).toBe(true);
  });
});

describe('clients', () => {
  test('a new client has its entry and the owner as approver', async () => {
    const reply = await t.say(OWNER, 'client new acme "Acme GmbH"');
    expect(text(reply)).toContain('client bind this acme');
    const acme = await client('acme');
    expect(acme).toMatchObject({ name: 'Acme GmbH', cloud: 'unset', reviewChannel: null });
    const approvers = await t.world.store.approversOf(acme.id);
    expect(approvers.map((a) => a.person.role)).toEqual(['owner']);
    const written = await latest(acme.id, 9);
    expect(written.map((e) => [e.type, e.actor.kind])).toEqual([
      ['client.created', 'person'],
      ['role.set', 'person'],
    ]);
  });

  test('names in typed quotation marks and without any are taken', async () => {
    await t.say(OWNER, 'client new borealis “Borealis & Sons”');
    await t.say(OWNER, 'client new corax Corax   Oy');
    expect((await client('borealis')).name).toBe('Borealis & Sons');
    expect((await client('corax')).name).toBe('Corax Oy');
  });

  test('bad names change nothing', async () => {
    await refuses(OWNER, 'client new', /Expected a short name of 2 to 31 .* got nothing/);
    await refuses(OWNER, 'client new Acme! "x"', /got "Acme!"/);
    await refuses(OWNER, 'client new dorado', /Expected a name of 1 to 80 .* got nothing/);
    await refuses(OWNER, 'client new acme "Another"', /not taken, got "acme"/);
    await refuses(COLLEAGUE, 'client new dorado "D"', /is for the owner/);
  });

  test('of two who make the same client at once, one is told', async () => {
    const both = await Promise.all([
      t.say(OWNER, 'client new twice "One"'),
      t.say(OWNER, 'client new twice "Two"'),
    ]);
    expect(both.filter((r) => r.ok)).toHaveLength(1);
  });

  test('show says the settings, and all clients by name', async () => {
    expect(text(await t.say(COLLEAGUE, 'client show'))).toContain('acme: Acme GmbH');
    const said = text(await t.say(OWNER, 'client show acme'));
    expect(said).toContain('Approvers: Olga Owner');
    expect(said).toContain('Channels: none');
    await refuses(OWNER, 'client show acmee', /Did you mean acme\?/);
  });
});

describe('channels', () => {
  test('are read by the client unless said otherwise', async () => {
    await t.say(OWNER, 'client bind <#C0ACME|acme> acme');
    const row = await t.world.store.channel(TEAM, 'C0ACME');
    expect(row).toMatchObject({ audience: 'client', clientId: (await client('acme')).id });
  });

  test('this is the channel the command was given in; a second binding changes the first', async () => {
    const at = { channel: 'C0TEAM1' };
    expect((await t.say(OWNER, 'client bind this acme --audience practice', at)).ok).toBe(true);
    expect((await t.world.store.channel(TEAM, 'C0TEAM1'))?.audience).toBe('practice');
    expect((await t.say(OWNER, 'client bind this borealis —audience client', at)).ok).toBe(true);
    const row = await t.world.store.channel(TEAM, 'C0TEAM1');
    expect(row).toMatchObject({ audience: 'client', clientId: (await client('borealis')).id });
  });

  test('with somebody from outside cannot be of the practice', async () => {
    t.outside.add('C0SHARED');
    await refuses(
      OWNER,
      'client bind <#C0SHARED|shared> acme --audience practice',
      /read by the practice alone, but somebody from outside can read this one/,
    );
    expect(await t.world.store.channel(TEAM, 'C0SHARED')).toBeNull();
    await refuses(OWNER, 'client set acme review <#C0SHARED|shared>', /read by the practice alone/);
  });

  test('bad input is told what was expected', async () => {
    await refuses(OWNER, 'client bind', /Expected a channel or `this`, got nothing/);
    await refuses(OWNER, 'client bind #general acme', /got "#general"\. Choose the channel/);
    await refuses(OWNER, 'client bind <#C0ACME|> nobody', /short name of a client, got "nobody"/);
    await refuses(
      OWNER,
      'client bind <#C0ACME|acme> acme --audience all',
      /`practice` or `client`, got "all"/,
    );
    const inDm = await t.say(OWNER, 'client bind this acme', { channel: 'DU0OWNER' });
    expect(text(inDm)).toMatch(/Expected a channel, got "a direct message"/);
  });
});

describe('approvers and settings', () => {
  const inForce = async (id: ClientId): Promise<readonly string[]> =>
    (await t.world.store.approversOf(id)).map((a) => a.person.name);

  test('a colleague is named, does so from then on, and is removed again', async () => {
    const acme = await client('acme');
    await t.say(OWNER, 'client approver acme <@U0COLLEAGUE|carl>');
    expect(await inForce(acme.id)).toEqual(['Carl Colleague', 'Olga Owner']);
    expect(text(await t.say(OWNER, 'client approver acme <@U0COLLEAGUE>'))).toContain('already');
    expect(text(await t.say(COLLEAGUE, 'client show acme'))).toContain('You may decide');
    expect((await t.say(COLLEAGUE, 'log client acme')).ok).toBe(true);
    await t.say(OWNER, 'client approver acme <@U0COLLEAGUE> --remove');
    expect(await inForce(acme.id)).toEqual(['Olga Owner']);
    await refuses(COLLEAGUE, 'log client acme', /Expected the short name of a client you may read/);
  });

  test('guests never approve, and somebody always does', async () => {
    await refuses(
      OWNER,
      'client approver acme <@U0GUEST|g>',
      /Gina Guest, who is a guest or a bot/,
    );
    await refuses(OWNER, 'client approver acme <@U0OWNER> --remove', /is the only approver/);
    await refuses(OWNER, 'client approver acme <@U0NOBODY> --remove', /got somebody who is none/);
    await refuses(OWNER, 'client approver acme carl', /Expected a person, got "carl"/);
  });

  test('cloud and review are set, each with an entry', async () => {
    const before = await entries();
    await t.say(OWNER, 'client set acme cloud never');
    await t.say(OWNER, 'client set acme review <#C0REVIEW|review>');
    expect(await client('acme')).toMatchObject({ cloud: 'never', reviewChannel: 'C0REVIEW' });
    expect(await entries()).toBe(before + 2);
    const last = (await latest((await client('acme')).id, 2)).map((e) => e.data);
    expect(last).toEqual([{ cloud: 'never' }, { review: 'set' }]);
    expect(text(await t.say(OWNER, 'log client acme'))).toMatch(/client\.set, by Olga Owner/);
  });

  test('redacted is a third answer, which says what is not found', async () => {
    const said = text(await t.say(OWNER, 'client set acme cloud redacted'));
    expect(said).toContain('Names nobody listed are not found');
    expect(await client('acme')).toMatchObject({ cloud: 'redacted' });
    expect(text(await t.say(OWNER, 'client show acme'))).toContain('redacted for ordinary work');
  });

  test('terms are listed for the owner alone, kept encrypted, and stand in no entry', async () => {
    const add = 'client set acme term add "Projekt  Zugspitze"';
    expect(text(await t.say(OWNER, add))).toMatch(/^Listed for .*; 1 in all/);
    expect(
      text(await t.say(OWNER, add.toUpperCase().replace(/^.*ADD/, 'client set acme term add'))),
    ).toMatch(/listed already/);
    await t.say(OWNER, 'client set acme term add Müller');
    const { id, termsBody } = await client('acme');
    const body = termsBody === null ? null : await t.world.store.body(termsBody);
    expect(body).toMatchObject({ kind: 'terms', clientId: id, requestId: null, taskId: null });
    expect(Buffer.from(body?.sealed ?? []).includes('Zugspitze')).toBe(false);
    // The list before it is erased as soon as it is replaced.
    const [set, erased] = await latest(id, 2);
    expect(set?.data).toMatchObject({ terms: 2, content: { id: termsBody } });
    expect(erased).toMatchObject({ type: 'content.erased', data: { scope: 'body' } });
    expect(JSON.stringify(await latest(id, 9))).not.toMatch(/Zugspitze|Müller/);
    expect(text(await t.say(OWNER, 'client set acme term list'))).toMatch(
      /Projekt Zugspitze\n- Müller/,
    );
    expect(text(await t.say(COLLEAGUE, 'client show acme'))).toContain('goes out redacted: 2');
    await t.say(OWNER, 'client set acme term remove zugspitze');
    expect(text(await t.say(OWNER, 'client set acme term remove "projekt zugspitze"'))).toMatch(
      /^No longer listed for .*; 1 in all/,
    );
    await refuses(OWNER, 'client set acme term add IT', /Expected a word or name of 3 to 80/);
    await refuses(OWNER, 'client set acme term add "--- !"', /Expected a word or name of 3 to 80/);
    await refuses(OWNER, 'client set acme term', /add, remove or list, got nothing/);
    await refuses(COLLEAGUE, 'client set acme term list', /owner/);
  });

  test('what this version cannot keep is refused', async () => {
    await refuses(OWNER, 'client set acme cloud maybe', /never, redacted or allowed, got "maybe"/);
    await refuses(
      OWNER,
      'client set acme colour red',
      /one of cloud, term, review, retention, cap, got "colour"/,
    );
  });
});

describe('work by command', () => {
  test('new makes one request, however often it comes', async () => {
    const given = { eventId: 'trigger.1' };
    const first = await t.say(COLLEAGUE, 'new  format the *attached* page', given);
    const again = await t.say(COLLEAGUE, 'new  format the *attached* page', given);
    const number = /#(\d+)/.exec(text(first))?.[1];
    expect(text(again)).toContain(`Received before, as #${number}`);
    const id = await t.world.store.findRequest(Number(number));
    const file = id === null ? null : await t.world.store.requestFile(id);
    expect(file?.request).toMatchObject({ door: 'command', thread: '', channel: 'C0PRACTICE' });
    const body = file === null ? null : await t.world.bodies.get(file.request.bodyId);
    expect(Buffer.from(body ?? []).toString()).toContain('format the *attached* page');
    expect(await t.world.store.cardByKey(`received:${id}`)).toMatchObject({ wanted: 1 });
  });

  test('quotation marks around all of it are not part of it', async () => {
    const reply = await t.say(OWNER, 'new "format the notes" ');
    const id = await t.world.store.findRequest(Number(/#(\d+)/.exec(text(reply))?.[1]));
    const file = id === null ? null : await t.world.store.requestFile(id);
    const body = file === null ? null : await t.world.bodies.get(file.request.bodyId);
    expect(JSON.parse(Buffer.from(body ?? []).toString())).toMatchObject({
      text: 'format the notes',
    });
  });

  test('two commands in one channel are two requests', async () => {
    const [one, two] = [await t.say(OWNER, 'new do this'), await t.say(OWNER, 'new do this')];
    expect(text(one)).not.toBe(text(two));
    expect(two.ok).toBe(true);
  });

  test('a command never answers the question of an earlier one', async () => {
    const first = Number(/#(\d+)/.exec(text(await t.say(OWNER, 'new format it')))?.[1]);
    const id = await t.world.store.findRequest(first);
    if (id === null) throw new Error('the request is gone');
    await plan(t.world, id);
    const asked = await t.world.store.requestFile(id);
    expect(asked?.questions).toMatchObject([{ about: 'client', answeredAt: null }]);
    const next = await t.say(OWNER, 'new acme');
    expect(Number(/#(\d+)/.exec(text(next))?.[1])).toBeGreaterThan(first);
    expect((await t.world.store.requestFile(id))?.questions[0]?.answeredAt).toBeNull();
  });

  test('from the command line it is answered in direct messages', async () => {
    const reply = await t.say(OWNER, 'new format it', { channel: '' });
    const number = Number(/#(\d+)/.exec(text(reply))?.[1]);
    const id = await t.world.store.findRequest(number);
    expect((id === null ? null : await t.world.store.requestFile(id))?.request.channel).toBe(
      'DU0OWNER',
    );
  });

  test('too little and too much are refused', async () => {
    await refuses(OWNER, 'new', /Expected what you need, got nothing/);
    await refuses(OWNER, `new ${'x'.repeat(20_001)}`, /at most 20000 characters/);
  });
});

describe('asking', () => {
  test('status names every lane, and the next step of one that is off', async () => {
    t.health.set('senior', { is: 'off', why: 'No key is set.', next: 'Set ANTHROPIC_API_KEY.' });
    const said = text(await t.say(OWNER, 'status'));
    expect(said).toContain('- tool: ready (model-tool)');
    expect(said).toContain('- senior: off. No key is set. Next step: Set ANTHROPIC_API_KEY.');
    expect(said).toContain('Nothing is open.');
    t.health.clear();
  });

  test('a request is shown to who asked and who decides, and to nobody else', async () => {
    const number = /#\d+/.exec(text(await t.say(OWNER, 'new a private thing')))?.[0] ?? '';
    expect(text(await t.say(OWNER, `status ${number}`))).toContain('its plan is being made');
    expect(text(await t.say(OWNER, `log ${number}`))).toMatch(/request\.received, by Olga Owner/);
    for (const word of ['status', 'why', 'log', 'cost'])
      await refuses(COLLEAGUE, `${word} ${number}`, /There is no #\d+ that you asked for/);
    const same = text(await t.say(COLLEAGUE, 'status #99999')).replace('#99999', number);
    expect(text(await t.say(COLLEAGUE, `status ${number}`))).toBe(same);
  });

  test('a task tells how it stands, why, what was written down and what it cost', async () => {
    const at = { channel: 'C0WORK1' };
    await t.say(OWNER, 'client bind this acme --audience practice', at);
    const made = text(await t.say(COLLEAGUE, 'new proofread my page', at));
    const number = Number(/#(\d+)/.exec(made)?.[1]);
    const id = await t.world.store.findRequest(number);
    if (id === null) throw new Error('the request is gone');
    await plan(t.world, id);
    const ask = async (word: string) => text(await t.say(COLLEAGUE, `${word} #${number}.1`));
    expect(await ask('status')).toMatch(
      /Acme GmbH, from Carl Colleague\n#\d+\.1 .*waits for an answer/,
    );
    expect(await ask('why')).toMatch(/by Carl|yaml/);
    expect(await ask('log')).toMatch(/task\.routed.*rule lanes\.yaml|task\.routed/);
    expect(await ask('cost')).toBe(
      `#${number}.1 nothing yet: no call was made, 15 min by hand (table 15; not corrected)`,
    );
    expect(text(await t.say(OWNER, 'status'))).toContain(`- #${number}.1 `);
    expect(text(await t.say(GUEST, `log #${number}.1`))).toMatch(/^Commands are for members/);
  });

  test.each(['why', 'status x', 'cost x', 'why 0', 'log #1.x'])(
    '%j says how a number looks',
    async (given) => refuses(OWNER, given, /Expected the number of a request or task, .*got/),
  );

  test('cost of a week without a call is nothing, and a week is one of ISO', async () => {
    expect(text(await t.say(OWNER, 'cost'))).toMatch(/^2026-W48 so far: \$0\.00\nSaved 0 min: /);
    expect(text(await t.say(COLLEAGUE, 'cost week'))).toContain('You approve for no client');
    expect(text(await t.say(OWNER, 'digest'))).toMatch(/^Week 47, 2026\n0 tasks delivered/);
    expect(text(await t.say(OWNER, 'digest 2026-W40'))).toMatch(/^Week 40, 2026\n/);
    await refuses(OWNER, 'digest 2025-W53', /Expected a week like 2026-W47, got "2025-W53"/);
  });
});
