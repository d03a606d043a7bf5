import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { sha256 } from '../../src/core/draft.ts';
import { Fault } from '../../src/core/fault.ts';
import type { TaskId } from '../../src/core/id.ts';
import type { BlamedFile } from '../../src/core/blame/blamed.ts';
import { attributionFor } from '../../src/flow/attribute.ts';
import { blame } from '../../src/flow/blame.ts';
import { eraseTexts } from '../../src/flow/erase/erase.ts';
import { subjectOf } from '../../src/flow/erase/subject.ts';
import type { DraftRow } from '../../src/flow/ports/rows-work.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { readAttribution } from '../../src/ledger/attribution.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { APPROVER, draftAtGate, REVIEW, settleAcme, taskIn } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';
import { textFile } from '../helpers/files.ts';
import { until } from '../helpers/until.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

const world = (): World => running.aios.world;
const ADDED = 'Bring an old shirt, and ring the upper bell.';

/** A delivered post: written by a lane, to which an approver added a sentence. */
async function delivered() {
  const at = await draftAtGate(running);
  const [file] = at.file.drafts[0]?.files ?? [];
  const before = new TextDecoder().decode(await world().bodies.get(file?.body as never));
  const edited = `${before.trimEnd()}\n\n${ADDED}\n`;
  const ada = deskOf(running, APPROVER);
  await ada.reply(at.card, '@aios my version', [textFile('post.md', edited)]);
  await until('the edit waits', async () => {
    const now = await world().store.taskFile(at.task);
    return now?.task.state === 'waiting' && now.drafts.length === 2;
  });
  await ada.press(await ada.card(REVIEW, 'approve', `*#${at.number}.1 `), 'approve');
  const done = await taskIn(running, at.number, 'delivered');
  return { task: at.task, edited, file: done, draft: done.drafts[1] as DraftRow };
}

async function entryOf(task: TaskId, type: Entry['type']): Promise<Entry> {
  const found = (await world().store.trail({ task })).filter((e) => e.type === type);
  expect(found).toHaveLength(1);
  return found[0] as Entry;
}

const textIn = ({ content }: BlamedFile): readonly string[] =>
  content.is === 'text' ? content.lines.map(({ text }) => text) : [];

describe('with a delivery', () => {
  let made: Awaited<ReturnType<typeof delivered>>;
  beforeAll(async () => {
    made = await delivered();
  }, 60_000);

  test('the record names how many words are whose, and the hash of what is kept', async () => {
    const entry = await entryOf(made.task, 'draft.attributed');
    const row = await world().store.attribution(made.draft.id);
    expect(entry).toMatchObject({ draft: made.draft.sha256, actor: { kind: 'rule' } });
    expect(entry.at).toBe((await entryOf(made.task, 'draft.delivered')).at);
    expect(entry.data['attribution_sha256']).toBe(row?.sha256);
    expect(sha256(row?.content ?? '')).toBe(row?.sha256);
    const person = made.draft.personId;
    const attempt = made.file.drafts[0]?.attemptId;
    expect(entry.data['shares']).toEqual(
      expect.arrayContaining([
        { by: 'attempt', id: attempt, words: expect.any(Number) },
        { by: 'person', id: person, words: 9 },
      ]),
    );
    const shares = entry.data['shares'] as readonly { readonly words: number }[];
    expect(shares.reduce((sum, { words }) => sum + words, 0)).toBe(entry.data['words']);
  });

  test('no name of a file, no hash of one and no word of it is kept', async () => {
    const row = await world().store.attribution(made.draft.id);
    const kept = new TextDecoder().decode(row?.content);
    expect(kept).not.toContain('post');
    expect(kept).not.toContain(made.draft.files[0]?.sha256);
    expect(readAttribution(row?.content ?? new Uint8Array()).files[0]?.body).toBe(
      made.draft.files[0]?.body,
    );
  });

  test('the approval says how many words of it people put in', async () => {
    const words = (await entryOf(made.task, 'draft.attributed')).data['words'];
    const approved = await entryOf(made.task, 'draft.approved');
    expect(approved.data['edited']).toEqual({ words: 9, of: words });
  });

  test('it is shown line by line, with who wrote what', async () => {
    const blamed = await blame(world(), made.task);
    expect(blamed).toMatchObject({ version: 2, sha256: made.draft.sha256, rehearsal: true });
    const [file] = blamed.files as readonly [BlamedFile];
    expect(`${textIn(file).join('\n')}\n`).toBe(made.edited);
    const person = blamed.authors.findIndex(({ says }) => says.startsWith('by Ada'));
    const lines = file.content.is === 'text' ? file.content.lines : [];
    const theirs = lines.filter(({ runs }) => runs.some(({ source }) => source === person));
    expect(theirs.map(({ text }) => text)).toEqual([ADDED]);
    expect(blamed.authors[0]?.says).toMatch(/^by model \S+ as persona \S+$/);
  });

  test('the same texts have the same answer', async () => {
    const again = await attributionFor(world(), made);
    const row = await world().store.attribution(made.draft.id);
    expect(again).toEqual(readAttribution(row?.content ?? new Uint8Array()));
  });

  test('where a text on the way is gone nobody can say, and nothing is said', async () => {
    for (const code of ['erased', 'not_found'] as const) {
      const get = async (): Promise<never> => {
        throw new Fault(code, 'gone');
      };
      const without = { ...world(), bodies: { ...world().bodies, get } };
      expect(await attributionFor(without, made)).toBeNull();
    }
  });

  test('what was changed where it is kept is not shown', async () => {
    const admin = postgres(running.adminUrl, { max: 1, onnotice: () => undefined });
    const row = await world().store.attribution(made.draft.id);
    const swap = async (content: Uint8Array): Promise<void> => {
      await admin`alter table attribution disable trigger all`;
      await admin`update attribution set content = ${content}, sha256 = ${sha256(content)} where draft_id = ${made.draft.id}`;
      await admin`alter table attribution enable always trigger attribution_append_only`;
    };
    try {
      await swap(new TextEncoder().encode('{"files":[],"sources":[],"v":1}'));
      await expect(blame(world(), made.task)).rejects.toThrow('one of them was changed');
    } finally {
      await swap(row?.content ?? new Uint8Array());
      await admin.end();
    }
    expect((await blame(world(), made.task)).files).toHaveLength(1);
  });

  test('after its texts were erased the shares are left', async () => {
    const before = await blame(world(), made.task);
    const owner = (await world().store.people()).find(({ role }) => role === 'owner');
    await eraseTexts(world(), {
      order: { actor: { kind: 'person', id: owner?.id ?? '' }, ground: 'person', by: null },
      subject: await subjectOf(world(), { is: 'task', id: made.task }),
    });
    const after = await blame(world(), made.task);
    expect(after.authors).toEqual(before.authors);
    expect(after.files.map(({ content }) => content)).toEqual([{ is: 'erased' }]);
    expect(after.files[0]?.shares).toEqual(before.files[0]?.shares);
  });
});

test('before a delivery there is nothing to say, and it is said so', async () => {
  const at = await draftAtGate(running);
  await expect(blame(world(), at.task)).rejects.toThrow(
    `Nothing was delivered for #${at.number}.1: it is waiting.`,
  );
  expect(await world().store.attribution(at.file.drafts[0]?.id as never)).toBeNull();
});
