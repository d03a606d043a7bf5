import { describe, expect, test } from '@jest/globals';
import type { ClientId, EntryId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { checkBundle } from '../../src/ledger/bundle.ts';
import { hexOf } from '../../src/ledger/bundle-files.ts';
import { vkeyOf, readVkey } from '../../src/ledger/note.ts';
import { shortCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { readLog } from '../../src/ledger/bundle-log.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { seal } from '../../src/ledger/seal.ts';
import {
  bundleOf,
  EVER,
  faultsIn,
  linesOf,
  newSigner,
  ORIGIN,
  PRACTICE,
  resign,
  sampleBundle,
  textIn,
} from '../helpers/bundle.ts';
import type { Bundle } from '../helpers/bundle.ts';
import { mutateBundle } from '../helpers/mutate-bundle.ts';

/** A copy that may be changed. */
const copyOf = (bundle: Bundle): Bundle => ({ ...bundle, files: new Map(bundle.files) });

const sample = sampleBundle(1, { steps: 25, requests: 2 });
const saysOf = (bundle: Bundle): string =>
  faultsIn(bundle)
    .map(({ place, says }) => `${place}: ${says}`)
    .join('\n');

describe('a bundle as it is handed over', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('holds, whatever happened in it (history %i)', (seed) => {
    expect(saysOf(sampleBundle(seed, { steps: 150, requests: 4 }))).toBe('');
  });

  test('holds for any range of it', () => {
    const lines = linesOf(3, { steps: 100 });
    const all = readLog(Buffer.from(`${lines.join('\n')}\n`), { span: EVER, sizes: new Set() });
    const [first, last] = [all.firstAt ?? 0, all.lastAt ?? 0];
    const span = {
      from: moment(first + Math.floor((last - first) / 3)),
      to: moment(last - Math.floor((last - first) / 3)),
    };
    expect(saysOf(bundleOf({ lines, span }))).toBe('');
  });

  test('is the same bytes each time', () => {
    const [a, b] = [1, 2].map(() => bundleOf({ lines: sample.lines, signer: sample.signer }));
    expect([...(a?.files ?? [])].map(([n, bytes]) => [n, hexOf(bytes)])).toEqual(
      [...(b?.files ?? [])].map(([n, bytes]) => [n, hexOf(bytes)]),
    );
  });

  test('without a key it is opened with its own, and that is said', () => {
    const { isKeyGiven, findings } = checkBundle(sample.files, { keys: [], earlier: [] });
    expect([isKeyGiven, findings.filter(({ level }) => level === 'fault')]).toEqual([false, []]);
  });

  test('the key of the practice, or of another of its logs, opens it too', () => {
    const { publicKey } = readVkey(sample.signer.vkey);
    for (const name of [PRACTICE, `${PRACTICE}/log/older`])
      expect(faultsIn(sample, { keys: [vkeyOf(name, publicKey)] })).toEqual([]);
  });
});

describe('keys', () => {
  test('another key is refused', () => {
    const places = faultsIn(sample, { keys: [newSigner().vkey] }).map(({ place }) => place);
    expect(places).toEqual(expect.arrayContaining(['key', 'checkpoint', 'manifest']));
  });

  test('a key of another practice is refused as that', () => {
    const [fault] = faultsIn(sample, { keys: [newSigner('aios/other/log/x').vkey] });
    expect(fault?.says).toMatch(/expected a key of .*, got one of "aios\/other\/log\/x"/);
  });

  test('what is no key is refused', () => {
    expect(faultsIn(sample, { keys: ['nonsense+1'] })[0]).toMatchObject({
      place: 'the key you gave',
    });
  });
});

describe('files', () => {
  test('one that is missing, extra or renamed is named', () => {
    const bundle = copyOf(sample);
    bundle.files.delete('tasks.csv');
    bundle.files.set('letter.txt', Buffer.from('dear client'));
    bundle.files.set('Report.html', bundle.files.get('report.html') ?? new Uint8Array());
    bundle.files.delete('report.html');
    const says = saysOf(bundle);
    expect(says).toContain('tasks.csv: expected this file in the bundle, got none');
    expect(says).toContain('letter.txt: expected no such file in a bundle, got one');
    expect(says).toContain(
      'Report.html: expected the name report.html, got Report.html: rename it back',
    );
    expect(says).not.toContain('report.html: expected this file');
  });

  test('what computers leave in folders is no fault', () => {
    const bundle = copyOf(sample);
    bundle.files.set('.DS_Store', Buffer.from('x')).set('rules/Thumbs.db', Buffer.from('y'));
    expect(saysOf(bundle)).toBe('');
    const { findings } = checkBundle(bundle.files, { keys: [], earlier: [] });
    expect(findings.filter(({ level }) => level === 'note').map(({ place }) => place)).toEqual(
      expect.arrayContaining(['.DS_Store', 'rules/Thumbs.db']),
    );
  });

  test('a rule that decided nothing, and one that is not there, are named', () => {
    const bundle = copyOf(sample);
    const [name = ''] = [...bundle.files.keys()].filter((one) => one.startsWith('rules/'));
    bundle.files.delete(name);
    const text = Buffer.from('id: OTHER\n');
    bundle.files.set(`rules/${hexOf(text)}.txt`, text);
    resign(bundle.files, bundle.signer);
    const says = saysOf(bundle);
    expect(says).toMatch(/rules: expected the text of life\.yaml#RULE-\d+@/);
    expect(says).toMatch(
      /rules\/[0-9a-f]{64}\.txt: expected only rules that decided something here/,
    );
  });
});

describe('an earlier checkpoint', () => {
  const lines = linesOf(2, { steps: 60 });
  const signer = newSigner();
  const whole = bundleOf({ lines, signer });
  const at = (size: number, of = lines, origin = ORIGIN, by = signer): string => {
    const log = readLog(
      Buffer.from(
        of
          .slice(0, size)
          .map((l) => `${l}\n`)
          .join(''),
      ),
      { span: EVER, sizes: new Set() },
    );
    return signCheckpoint({ origin, size, root: log.root }, [by]);
  };
  const given = (text: string) => faultsIn(whole, { earlier: [{ name: 'kept', text }] });

  test('of the same log is continued', () => {
    for (const size of [1, 2, 17, lines.length]) expect(given(at(size))).toEqual([]);
  });

  test('in its short form too, with and without a comma', () => {
    const { root } = readLog(Buffer.from(`${lines.slice(0, 20).join('\n')}\n`), {
      span: EVER,
      sizes: new Set(),
    });
    expect(given(shortCheckpoint({ size: 20, root }))).toEqual([]);
    expect(given(`20 · ${'0'.repeat(8)}`)[0]?.says).toMatch(/what was recorded was changed since/);
  });

  test('that is inconsistent is a fault: something was changed', () => {
    const other = linesOf(5, { steps: 60 });
    expect(given(at(10, other))[0]?.says).toMatch(/first 10 entries.*changed since/);
  });

  test('of more entries than there are: something was taken away', () => {
    const cut = bundleOf({ lines: lines.slice(0, -5), signer });
    const [fault] = faultsIn(cut, { earlier: [{ name: 'kept', text: at(lines.length) }] });
    expect(fault?.says).toMatch(/entries were taken away since/);
  });

  test('of another log of the practice is refused as that', () => {
    const origin = `${PRACTICE}/log/another`;
    const other = newSigner(origin);
    expect(given(at(3, lines, origin, other))[0]?.says).toMatch(/cannot be used|another log/);
  });

  test('that is none, or signed by somebody else, is refused', () => {
    expect(given('nothing')[0]?.says).toMatch(/cannot be used/);
    expect(given(at(3, lines, ORIGIN, newSigner()))[0]?.says).toMatch(
      /cannot be used: expected a signature/,
    );
  });
});

describe('a log that was begun anew after a restored database', () => {
  const old = linesOf(2, { steps: 60 });
  const signer = newSigner();
  const root = (lines: readonly string[]): Buffer =>
    readLog(Buffer.from(lines.map((l) => `${l}\n`).join('')), { span: EVER, sizes: new Set() })
      .root;
  const OLD = `${PRACTICE}/log/of-the-first-epoch`;
  const signed = { origin: OLD, size: old.length, root: root(old) };
  const { client, at } = readEntry(Buffer.from(old[0] ?? ''));

  /** The new log: what happened, then what survived of the old one. */
  function anew(survived: readonly string[], found = root(survived)): Bundle {
    const draft = {
      type: 'log.restored',
      actor: { kind: 'system', id: 'sequencer' },
      client: client as ClientId,
      data: {
        because: 'restored',
        epoch: 2,
        origin: OLD,
        signed_size: signed.size,
        signed_root: signed.root.toString('hex'),
        found_size: survived.length,
        found_root: found.toString('hex'),
      },
    } as const;
    const envelope = {
      id: '00000000-0000-7000-8000-00000000e2e2' as EntryId,
      nonce: 'ab'.repeat(16),
      at,
      cause: null,
      build: 'test',
      policy: '5e'.repeat(32),
      origin: 'practice',
    };
    const first = Buffer.from(seal(draft, envelope).bytes).toString('utf8');
    return bundleOf({ lines: [first, ...survived], signer });
  }

  const kept = (size: number): string => {
    const by = [signer.as(OLD)];
    return signCheckpoint({ origin: OLD, size, root: root(old.slice(0, size)) }, by);
  };

  test('continues what was kept of the old one, as far as it survived', () => {
    const whole = anew(old);
    for (const size of [1, 9, old.length])
      expect(faultsIn(whole, { earlier: [{ name: 'kept', text: kept(size) }] })).toEqual([]);
    const mark = shortCheckpoint({ size: 9, root: root(old.slice(0, 9)) });
    expect(faultsIn(whole, { earlier: [{ name: 'receipt', text: mark }] })).toEqual([]);
  });

  test('what did not survive is told: quoted by the record itself, or a fault', () => {
    const part = anew(old.slice(0, -4));
    const earlier = [{ name: 'kept', text: kept(old.length) }];
    expect(faultsIn(part, { earlier })).toEqual([]);
    const { findings } = checkBundle(part.files, { keys: [signer.vkey], earlier });
    expect(findings.find(({ place }) => place === 'kept')?.says).toMatch(
      /ask the practice what was lost/,
    );
    const between = [{ name: 'kept', text: kept(old.length - 1) }];
    expect(faultsIn(part, { earlier: between })[0]?.says).toMatch(/cannot be derived again/);
  });

  test('that goes on with other entries than it says is refused', () => {
    expect(saysOf(anew(old, root(old.slice(1))))).toMatch(/entries that survived of .*, got root/);
  });
});

describe('a practice that lies, with its own key', () => {
  const eventful = sampleBundle(4, { steps: 120, requests: 4 });
  const lie = (name: string, from: string | RegExp, to: string): Bundle => {
    const bundle = copyOf(eventful);
    const before = textIn(bundle, name);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`there is nothing like ${String(from)} to change`);
    bundle.files.set(name, Buffer.from(after));
    resign(bundle.files, bundle.signer);
    return bundle;
  };

  test.each([
    ['a lower cost', 'report.html', /(data-total="cost">)[^<]*/, '$1$$0.01'],
    ['more minutes saved', 'report.html', /(data-total="minutes">)[^<]*/, '$1900 h'],
    ['a better end', 'report.html', /(data-cell="task\/[^"]*\/state">)[^<]*/, '$1delivered'],
    ['another rule', 'report.html', /(data-rule="[^"]*\/because">)[^<]*/, '$1Because we may.'],
    ['an amount beside the figures', 'report.html', '</h1>', ' for $$1</h1>'],
    ['a figure taken out', 'report.html', /<span data-total="work_cost">[^<]*<\/span>/, 'nothing'],
    ['figures that are not seen', 'report.html', '.banner {', '.banner { visibility: hidden;'],
    ['a cell of the table', 'tasks.csv', /,yes,|,"no, still open",/, ',perhaps,'],
    ['a row less', 'tasks.csv', /[^\n]*\r\n$/, ''],
  ] as const)('%s is caught by making it again', (_what, name, from, to) => {
    const faults = faultsIn(lie(name, from, to));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]?.place).toMatch(name === 'report.html' ? /^report\.html/ : /^tasks\.csv:\d+$/);
  });

  test('an entry left out and everything signed anew is caught by a checkpoint kept before', () => {
    const lines = linesOf(2, { steps: 60 });
    const signer = newSigner();
    const before = bundleOf({ lines, signer });
    const forged = bundleOf({ lines: lines.filter((_, i) => i !== 30), signer });
    const earlier = [
      { name: 'checkpoint of the last statement', text: textIn(before, 'checkpoint') },
    ];
    expect(faultsIn(forged, { earlier })).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ place: 'checkpoint of the last statement' }),
      ]),
    );
  });
});

const MUTATIONS = 10_000;
const small = sampleBundle(1, { steps: 6, requests: 1 });

test(`${MUTATIONS} ways of tampering are all caught, with the file named`, () => {
  const missed: string[] = [];
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const { what, files, places } = mutateBundle(small, seed);
    const faults = faultsIn({ ...small, files });
    const isNamed = faults.some(({ place }) => places.some((one) => place.startsWith(one)));
    if (!isNamed)
      missed.push(
        `${seed}: ${what}: ${faults.map(({ place }) => place).join(', ') || 'nothing found'}`,
      );
  }
  expect(missed).toEqual([]);
}, 600_000);
