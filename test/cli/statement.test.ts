import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { handOver, statement } from '../../src/cli/statement.ts';
import { run } from '../../src/cli/main.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { ClientRow } from '../../src/flow/ports/rows-settings.ts';
import { connect } from '../../src/store/connect.ts';
import {
  APPROVER,
  COLLEAGUE,
  draftAtGate,
  give,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { outlineFile, textFile } from '../helpers/files.ts';
import { plantStranger } from '../helpers/stranger.ts';
import { runVerifier } from '../helpers/verifier.ts';

jest.setTimeout(120_000);

/** Another client of the same practice, of whom Acme must not hear. */
const STRANGER = {
  slug: 'zebrafink',
  name: 'Zebrafink Vertraulich GmbH',
  words: 'Nachtigallengeheimnis',
};
const HIDDEN = [...Object.values(STRANGER), 'zebrafink', 'ZEBRAFINK', 'Vertraulich'];

const desk = mkdtempSync(path.join(os.tmpdir(), 'aios-statements-'));
const rules = path.join(desk, 'rules');
let running: Running;
let acme: ClientRow;
const today = (): string =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin', dateStyle: 'short' }).format(
    Date.now(),
  );

beforeAll(async () => {
  plantInRules();
  running = await runAios({ env: { AIOS_RULES_DIR: rules } });
  await settleAcme(running);
  await give(running, `client bind ${REVIEW} acme --audience practice`);
  await plantStranger(running, STRANGER);
  await aDay();
  const found = (await running.aios.world.store.clients()).find(({ slug }) => slug === 'acme');
  if (found === undefined) throw new Error('there is no acme');
  acme = found;
}, 300_000);
afterAll(async () => {
  await running.close();
  rmSync(desk, { recursive: true, force: true });
});

/** The name of the other client in every file of rules: in remarks, in rules that decide nothing here, in documents. */
function plantInRules(): void {
  cpSync('rules', rules, { recursive: true });
  const files = readdirSync(rules, { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((one) => /\.(?:yaml|md)$/.test(one))) {
    const file = path.join(rules, name);
    const text = readFileSync(file, 'utf8');
    const mark = name.endsWith('.md')
      ? `\n\nAs with ${STRANGER.name}.\n`
      : `\n# As with ${STRANGER.name}, ${STRANGER.words}.\n`;
    writeFileSync(file, `${text.trimEnd()}${mark}`);
  }
  const lanes = path.join(rules, 'lanes.yaml');
  const text = readFileSync(lanes, 'utf8');
  const planted = text.replace(
    'What is missed there costs a client money or a site.',
    `It cost ${STRANGER.name} a site.`,
  );
  expect(planted).not.toBe(text);
  writeFileSync(lanes, planted);
}

/** What Acme's day was: a post delivered, one sent back and still open, a list made by a program, one dropped. */
async function aDay(): Promise<void> {
  const ada = deskOf(running, APPROVER);
  const caleb = deskOf(running, COLLEAGUE);
  const post = await draftAtGate(running);
  await ada.press(post.card, 'approve');
  await taskIn(running, post.number, 'delivered');
  const list = await caleb.say(REVIEW, '@aios list spelling and grammar mistakes in this file', [
    textFile('words.md', '# Clay\n\nThis are a sentence.\n'),
  ]);
  const number = await numberAt(running, list);
  await caleb.press(await caleb.card(REVIEW, 'run', `*#${number}*`), 'run');
  await taskIn(running, number, 'waiting');
  await ada.press(await ada.card(REVIEW, 'approve', `*#${number}.1 `), 'approve');
  await taskIn(running, number, 'delivered');
  const open = await caleb.say(REVIEW, '@aios draft a blog post from the outline', [
    await outlineFile(),
  ]);
  await caleb.card(REVIEW, 'run', `*#${await numberAt(running, open)}*`);
}

const maker = () => ({ world: running.aios.world, base: running.aios.base });
const asked = (from = today(), to = from) => ({
  client: acme,
  days: { from, to },
  practice: 'Marsh and Whitlock',
});
const folder = (name: string): string => path.join(desk, name);
const bytesOf = (where: string): readonly (readonly [string, Buffer])[] =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(path.join(entry.parentPath, entry.name))] as const);

describe('the statement of a day', () => {
  test('is accepted by its own verifier in an empty folder, with the key of the practice', async () => {
    const made = await handOver(maker(), asked(), folder('first'));
    expect(made.number).toMatch(/^ST-\d{4}-0001$/);
    const ran = await runVerifier(folder('first'), '--key', made.keys[0] ?? '');
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(ran.says).toContain('ACCEPTED');
    expect(ran.says).toMatch(
      /2 tasks ended, 2 delivered, 0 rejected, 0 cancelled; 1 task still open/,
    );
    const report = readFileSync(path.join(folder('first'), 'report.html'), 'utf8');
    expect(report).toContain('Acme Ltd');
    expect(report).toContain('Marsh and Whitlock');
    expect(report).toMatch(/REHEARSAL\. Stand-ins answered here/);
    expect(report).toMatch(/Provisional: the last of these days was not over/);
  });

  test('holds nothing of another client: no name, no word, in none of its bytes', () => {
    const files = bytesOf(folder('first'));
    expect(files.length).toBeGreaterThan(10);
    const found = files.flatMap(([name, bytes]) => {
      const text = bytes.toString('latin1').toLowerCase();
      return HIDDEN.filter((word) =>
        text.includes(Buffer.from(word.toLowerCase()).toString('latin1')),
      ).map((word) => `${name}: ${word}`);
    });
    expect(found).toEqual([]);
    const strangers = HIDDEN.map((word) => word.toLowerCase());
    expect(
      JSON.stringify([...running.aios.base.library.rules.texts.values()]).toLowerCase(),
    ).toContain(strangers[1]);
  });

  test('is noted in the record after what it tells, and the next one has the next number', async () => {
    const made = await handOver(maker(), asked(), folder('second'));
    expect(made.number).toMatch(/-0002$/);
    const rows = await running.aios.base.sql<{ body: Uint8Array }[]>`
      select body from entry where client_id = ${acme.id} and type = 'export.made' order by id`;
    const exports = rows.map(({ body }) => readEntry(body));
    expect(exports).toHaveLength(2);
    expect(exports[1]).toMatchObject({
      actor: { kind: 'person' },
      data: { size: made.size, root: made.root },
    });
    const kept = path.join(folder('first'), 'checkpoint');
    const ran = await runVerifier(folder('second'), '--key', made.keys[0] ?? '', '--earlier', kept);
    expect(ran.says).toContain('The record goes on from the earlier checkpoint you gave.');
    expect(ran.code).toBe(0);
  });

  test('says what was done while it is made again under another program', async () => {
    const said: string[] = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    const args = ['--client', 'acme', '--from', today(), '--to', today(), '--out', folder('third')];
    expect(await statement(running.aios.base.config, args)).toBe(0);
    expect(await statement(running.aios.base.config, ['--list-clients'])).toBe(0);
    jest.restoreAllMocks();
    expect(said[0]).toMatch(
      /^Statement ST-\d{4}-0003 of .*: 2 tasks, cost \$0\.00\. \d+ files in /,
    );
    expect(said.join('\n')).toMatch(/node verify\.mjs --key aios\//);
    expect(said.slice(-3).toSorted()).toEqual(['acme', 'practice', STRANGER.slug]);
    expect((await runVerifier(folder('third'))).code).toBe(0);
  });
});

describe('refused, and nothing is written', () => {
  const refusing = async (args: readonly string[]): Promise<string> => {
    const said: string[] = [];
    jest.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
    const before = process.env;
    const { env } = running;
    process.env = { ...env };
    try {
      expect(await run(['statement', ...args])).toBe(1);
    } finally {
      process.env = before;
      jest.restoreAllMocks();
    }
    return said.join('\n');
  };
  const days = (from: string, to: string): readonly string[] => [
    '--from',
    from,
    '--to',
    to,
    '--out',
    folder('none'),
  ];

  test.each([
    [
      'a client nobody knows',
      ['--client', 'acm', ...days('2026-11-01', '2026-11-30')],
      /Did you mean acme\?/,
    ],
    [
      'a range that ends before it begins',
      ['--client', 'acme', ...days('2026-11-30', '2026-11-01')],
      /must not be after --to/,
    ],
    [
      'a day that is none',
      ['--client', 'acme', ...days('2026-11-31', '2026-12-01')],
      /--from must be a day/,
    ],
    [
      'days in which nothing was recorded',
      ['--client', 'acme', ...days('2020-01-01', '2020-01-31')],
      /Nothing was recorded for acme in 1 to 31 January 2020: its record goes from/,
    ],
    ['no client', ['--from', '2026-11-01'], /Expected --client, --from and --to/],
    ['a flag nobody knows', ['--klient', 'acme'], /--klient/],
  ])('%s', async (_what, args, says) => {
    expect(await refusing(args)).toMatch(says);
    expect(readdirSync(desk)).not.toContain('none');
  });

  test('a folder that is not empty', async () => {
    mkdirSync(folder('full'));
    writeFileSync(path.join(folder('full'), 'letter.txt'), 'mine');
    await expect(handOver(maker(), asked(), folder('full'))).rejects.toThrow(
      /must be new or empty, and holds 1 file/,
    );
    expect(readdirSync(folder('full'))).toEqual(['letter.txt']);
  });

  test('while something waits for its place in the log', async () => {
    const admin = connect(running.adminUrl, 1);
    try {
      await admin.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(4120260102)`;
        await give(running, 'client set acme cloud never');
        await expect(handOver(maker(), asked(), folder('none'))).rejects.toThrow(
          /Not everything recorded for this client is in its log and signed/,
        );
      });
    } finally {
      await admin.end();
    }
    expect(readdirSync(desk)).not.toContain('none');
  });

  test('while the signing key is missing', async () => {
    const { config } = running.aios.base;
    const practice = (await running.aios.world.store.practice())?.id ?? '';
    const keys = path.join(config.keys, 'rehearsal', 'log', practice);
    const pem = path.join(keys, '1.pem');
    await handOver(maker(), asked(), folder('before'));
    renameSync(pem, `${pem}.away`);
    try {
      await expect(handOver(maker(), asked(), folder('none'))).rejects.toThrow(
        /signing key .* is missing/,
      );
    } finally {
      renameSync(`${pem}.away`, pem);
    }
    expect(readdirSync(desk).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  test('a record that does not stand up to its own check', async () => {
    const admin = connect(running.adminUrl, 1);
    await admin`alter table entry disable trigger all`;
    const [row] = await admin<{ id: number; body: Uint8Array }[]>`
      select id, body from entry where client_id = ${acme.id} and type = 'draft.approved' order by id limit 1`;
    const forged = Buffer.from(
      Buffer.from(row?.body ?? [])
        .toString('utf8')
        .replace(/"shown_at":\d/, '"shown_at":2'),
    );
    await admin`update entry set body = ${forged} where id = ${row?.id ?? 0}`;
    try {
      await expect(handOver(maker(), asked(), folder('none'))).rejects.toThrow(
        /does not stand up to its own check.*expected the root/,
      );
    } finally {
      await admin`update entry set body = ${row?.body ?? forged} where id = ${row?.id ?? 0}`;
      await admin`alter table entry enable always trigger all`.catch(() => undefined);
      await admin.end();
    }
  });
});
