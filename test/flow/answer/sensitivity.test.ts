import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeShop } from '../../helpers/turns.ts';
import type { Planned, Shop } from '../../helpers/turns.ts';

const SUSPECT = 'kind: draft.blog, draft a blog post about Mrs Miller';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

const done = { is: 'done' };

async function answered(answer: 'confidential' | 'ordinary', text = SUSPECT): Promise<Planned> {
  const made = await shop.plan(text);
  expect(await made.answer('sensitivity', answer)).toMatchObject(done);
  return made;
}

/** How confidential a piece is, and who says so. */
async function sensitivityOf(made: Planned, ordinal = 1) {
  const { value, from } = (await made.task(ordinal)).trace.facts.sensitivity;
  return `${value} by ${from}`;
}

describe('what a person answered about confidential material', () => {
  test('is recorded as theirs', async () => {
    const made = await answered('ordinary');
    const entry = (await made.trail(1)).find((e) => e.type === 'person.answered');
    expect(entry?.data['route']).toMatchObject({
      facts: { sensitivity: 'ordinary' },
      origins: { sensitivity: 'person' },
    });
    expect(await made.task(1)).toMatchObject({ state: 'proposed', lane: 'senior' });
  });

  test('ordinary stays ordinary when the piece is changed or asked about otherwise', async () => {
    const made = await answered('ordinary');
    expect(await made.change(1, { kind: 'draft.message' })).toMatchObject(done);
    expect(await made.open()).toBeUndefined();
    expect(await sensitivityOf(made)).toBe('ordinary by person');
    // A kind that needs a file asks for it; words that only hint ask nobody again.
    expect(await made.change(1, { kind: 'write.case-study' })).toMatchObject(done);
    await made.reply('the text that Mr Fox sent');
    expect((await made.open())?.about).toBe('files');
    expect(await sensitivityOf(made)).toBe('ordinary by person');
  });

  test('ordinary is raised by a sure sign that came later', async () => {
    const made = await answered('ordinary');
    expect(await made.change(1, { kind: 'write.case-study' })).toMatchObject(done);
    await made.reply('it is on the site, and the password is wet-clay-9');
    expect(await sensitivityOf(made)).toBe('confidential by cue');
  });

  test('ordinary never lowers a sure sign', async () => {
    const made = await shop.plan('kind: draft.blog, draft a post, the password is wet-clay-9');
    expect(await sensitivityOf(made)).toBe('confidential by cue');
    expect((await made.open())?.about).toBe('lane');
  });

  test('confidential stays confidential when the piece is changed or sent elsewhere', async () => {
    const made = await answered('confidential');
    expect((await made.open())?.about).toBe('lane');
    expect(await made.answer('lane', 'local')).toMatchObject(done);
    expect(await sensitivityOf(made)).toBe('confidential by person');
    expect(await made.change(1, { kind: 'draft.message' })).toMatchObject(done);
    expect(await made.task(1)).toMatchObject({ state: 'proposed', lane: 'local' });
    expect(await sensitivityOf(made)).toBe('confidential by person');
    const refused = await made
      .change(1, { lane: 'senior' })
      .catch((thrown: Error) => thrown.message);
    expect(JSON.stringify(refused)).toContain('LIMIT-020');
    await made.run();
    expect(JSON.stringify(await made.change(1, { lane: 'senior' }))).toContain('LIMIT-020');
  });

  test('goes with the words when the pieces are written anew', async () => {
    const made = await shop.plan(`\n- ${SUSPECT}\n- kind: draft.blog, draft a post about clay`);
    expect(await made.answer('sensitivity', 'confidential')).toMatchObject(done);
    const words = 'kind: draft.blog, draft a post about the lady and her house';
    expect(await made.rearrange(words, 'kind: draft.blog, draft a post about clay')).toMatchObject(
      done,
    );
    expect(await sensitivityOf(made, 2)).toBe('ordinary by default');
    expect(await sensitivityOf(made, 3)).toBe('confidential by person');
  });

  test('ordinary is not said of a piece that is joined with one that is in doubt', async () => {
    const other = 'kind: draft.blog, draft a post about Mr Fox';
    const made = await shop.plan(`\n- ${SUSPECT}\n- ${other}`);
    expect(await made.answer('sensitivity', 'ordinary')).toMatchObject(done);
    expect(await made.rearrange(`${SUSPECT}\n${other}`)).toMatchObject(done);
    expect((await made.open())?.about).toBe('sensitivity');
    expect(await made.answer('sensitivity', 'ordinary')).toMatchObject(done);
    expect(await made.rearrange(SUSPECT, other)).toMatchObject(done);
    expect(await made.open()).toBeUndefined();
  });
});
