import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeExact, type ExactRoom } from '../../src/exact/open.ts';
import { NEVER, shippedExact, textFile, textOf } from '../helpers/exact.ts';

let exact: ExactRoom;
beforeAll(async () => {
  exact = await shippedExact({ now: () => Date.UTC(2026, 0, 15) });
});
afterAll(() => exact.close());

async function made(...asked: Parameters<ExactRoom['run']>) {
  const result = await exact.run(...asked);
  if (result.is !== 'done') throw new Error(result.why);
  return result;
}

describe('format', () => {
  const untidy = {
    'a.md': '#  Title\n\n*  one\n*  two\n\n1. x\n1. y\n',
    'b.html': '<!doctype html>\n<p>x\n   y</p>\n',
    'c.css': 'a{color:red}',
    'd.js': "const a = 'x'",
    'e.ts': "const a:string='x'",
    'f.json': '{"b":1,\n"a":[1]}',
    'g.yaml': 'a:    1\n',
    'h.php': '<?php $a=1;echo $a ;',
  };

  test('gives every file back under its name, formatted, with a report; again it changes nothing', async () => {
    const files = Object.entries(untidy).map(([name, text]) => textFile(name, text));
    const first = await made('format', files, NEVER);
    expect(first.files.map((file) => file.name)).toEqual([
      ...Object.keys(untidy),
      'format-report.md',
    ]);
    expect(textOf(first.files, 'e.ts')).toBe('const a: string = "x";\n');
    expect(first.engines).toEqual([{ name: 'prettier', version: '3.10.1' }]);
    const again = await made('format', first.files.slice(0, -1), NEVER);
    expect(again.says).toContain('nothing changed');
    expect(textOf(again.files, 'format-report.md')).toContain('unchanged, already formatted');
  });

  test.each([
    ['a.html', '<div>\n<p></div></span>', 'Cannot format a.html: line 2:'],
    ['a.ts', 'let a;\nconst = ;', 'Cannot format a.ts: line 2:'],
    ['a.css', 'a {\n color: red', 'Cannot format a.css: line 1:'],
    ['a.json', '{\n"a": }', 'Cannot format a.json: line 2:'],
    ['a.yaml', 'a: [1', 'Cannot format a.yaml: line 1:'],
    ['a.php', '<?php\n$a = ;', 'Cannot format a.php: line 2:'],
    ['a.bin', 'x', 'expected at least one'],
  ])('says what is wrong with a broken %s', async (name, text, says) => {
    const result = await exact.run('format', [textFile(name, text)], NEVER);
    expect(result).toEqual({ is: 'not_possible', why: expect.stringContaining(says) });
  });

  test('a binary file named as text is refused in words', async () => {
    const file = { name: 'a.md', bytes: new Uint8Array([0xff, 0xfe, 0, 1]) };
    expect(await exact.run('format', [file], NEVER)).toMatchObject({
      is: 'not_possible',
      why: expect.stringContaining('expected UTF-8 text'),
    });
  });
});

describe('audit-page', () => {
  const page = textFile(
    'in/page.html',
    '<!doctype html>\n<html lang="en">\n<head><title>T</title><link rel="stylesheet" href="s.css"></head>\n<body><main><h1>T</h1>\n<img src="a|b.png">\n<p class="pale">pale</p>\n<p><a href="x.html">click here</a></p>\n<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></main></body></html>',
  );

  test('lists failures with criterion, line, quote and remedy, and reads given style sheets', async () => {
    const result = await made(
      'audit-page',
      [page, textFile('in/s.css', '.pale { color: #bbb; background: #fff }')],
      NEVER,
    );
    expect(result.files.map((file) => file.name)).toEqual([
      'accessibility-audit.md',
      'accessibility-audit.html',
      'findings.csv',
    ]);
    const report = textOf(result.files, 'accessibility-audit.md');
    expect(report).toContain('WCAG 1.1.1 Non-text Content (A)');
    expect(report).toContain('line 5, column 1: `<img src="a|b.png">`');
    expect(report).toContain('WCAG 1.4.3 Contrast (Minimum) (AA)');
    expect(report).toContain('about 40 %');
    const rows = textOf(result.files, 'findings.csv').trim().split('\r\n');
    expect(rows[0]).toContain('page,line,column,level');
    expect(rows.filter((row) => row.includes('aios-page/'))).toHaveLength(2);
  });

  test('says which style sheet it did not have', async () => {
    const result = await made('audit-page', [page], NEVER);
    expect(result.notChecked.join('\n')).toContain('the style sheet s.css was not given');
  });

  test('its own report passes the gate it reports on', async () => {
    const result = await made('audit-page', [page], NEVER);
    const html = textFile('audit.html', textOf(result.files, 'accessibility-audit.html'));
    const report = await exact.check('accessibility', [html], NEVER);
    expect(report.findings).toEqual([]);
    expect(report.engines.map((engine) => engine.status)).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('proofread', () => {
  test('points at lines of the source, names a remedy, leaves code and addresses alone', async () => {
    const text = textFile(
      'a.md',
      '# Plan\n\nWe recieve an test. 😀 Then teh end.\n\n```\nrecieve\n```\n\n`recieve` [link](http://x.example/recieve) in order to win.\n',
    );
    const result = await made('proofread', [text], NEVER);
    const rows = textOf(result.files, 'proofreading.csv').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(1, 5).join(' '))).toEqual([
      '3 4 correction harper/spelling',
      '3 12 correction harper/miscellaneous',
      '3 29 correction harper/typo',
      '9 44 correction house/no-filler',
    ]);
  });

  test('reads pages as a reader does, entities and inline tags included', async () => {
    const html = textFile(
      'a.html',
      '<!doctype html><html lang="en"><head><title>A page</title></head><body>\n<p>It&rsquo;s a <em>very</em>\nlong walk.</p>\n<img src="x" alt="A broun dog"></body></html>',
    );
    const result = await made('proofread', [html], NEVER);
    const rows = textOf(result.files, 'proofreading.csv').trim().split('\r\n').slice(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('a.html,4,21,correction,harper/spelling');
  });

  test('a page in another language is not read, and it says so', async () => {
    const html = textFile('a.html', '<html lang="de"><p>Guten Tag</p></html>');
    expect(await exact.run('proofread', [html], NEVER)).toMatchObject({ is: 'not_possible' });
    expect((await exact.check('editorial', [html], NEVER)).engines[0]?.status).toBe('failed');
  });
});

describe('inventory', () => {
  test('takes stock of Markdown and HTML pages together', async () => {
    const files = [
      textFile(
        'index.md',
        '---\ntitle: Start\ndescription: d\n---\n\n# Start\n\nSee [one](one.html#here), [two](two.html), [gone](gone.md).\n\n![](a.png)\n',
      ),
      textFile(
        'one.html',
        '<title>One</title><h1 id="here">One</h1><h3>Deep</h3><p>Opens on March 3, 2024. Founded in 2009. See <a href="two.html#nope">two</a>.</p>',
      ),
      textFile('two.html', '<title>One</title><h1>Two</h1>'),
    ];
    const result = await made('inventory', files, NEVER);
    const report = textOf(result.files, 'content-inventory.md');
    for (const rule of [
      'broken-link',
      'broken-anchor',
      'same-title',
      'past-announcement',
      'no-description',
      'no-alt',
      'heading-jump',
      'thin',
    ])
      expect(report).toContain(`(\`${rule}\`)`);
    expect(report).not.toContain('(`orphan`)');
    expect(report).toContain('March 3, 2024 (1 year old');
    expect(textOf(result.files, 'content-inventory.csv').trim().split('\r\n')).toHaveLength(4);
  });
});

describe('the gates', () => {
  const good = {
    accessibility: textFile(
      'a.html',
      '<!doctype html><html lang="en"><head><title>T</title></head><body><main><h1>T</h1><p>Text</p></main></body></html>',
    ),
    editorial: textFile('a.md', '# Plan\n\nWe meet on Monday.\n'),
    readability: textFile(
      'a.ts',
      '/** Adds. */\nexport function add(one: number, two: number): number {\n  return one + two;\n}\n',
    ),
  };
  const bad = {
    accessibility: textFile(
      'a.html',
      '<!doctype html><html><head><title>T</title></head><body><main><h1>T</h1><img src="x"></main></body></html>',
    ),
    editorial: textFile('a.md', '# Plan\n\nWe we meet on Monday.\n'),
    readability: textFile(
      '../a.js'.slice(3),
      'function a(b) { switch (b) { case 1: b = b; case 2: eval(b); } }\n',
    ),
  };
  const gates = ['accessibility', 'editorial', 'readability'] as const;

  test.each(gates)('%s passes good work', async (gate) => {
    const report = await exact.check(gate, [good[gate]], NEVER);
    expect(report.findings.filter((finding) => finding.level === 'error')).toEqual([]);
    expect(report.engines.every((engine) => engine.status === 'ok')).toBe(true);
  });

  test.each(gates)(
    '%s stops bad work, with place, reason and a stable fingerprint',
    async (gate) => {
      const first = await exact.check(gate, [bad[gate]], NEVER);
      const errors = first.findings.filter((finding) => finding.level === 'error');
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[0]).toMatchObject({
        why: expect.any(String),
        where: { file: bad[gate].name, line: expect.any(Number) },
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const again = await exact.check(gate, [bad[gate]], NEVER);
      expect(again.findings).toEqual(first.findings);
      expect(new Set(first.findings.map((finding) => finding.fingerprint)).size).toBe(
        first.findings.length,
      );
    },
  );

  test.each(gates)('%s fails closed with nothing to look at', async (gate) => {
    const report = await exact.check(gate, [textFile('photo.png', '')], NEVER);
    expect(report.engines.map((engine) => engine.status)).toContain('failed');
    expect(report.notChecked.join('\n')).toContain('photo.png');
  });

  test.each([
    [
      'accessibility',
      'a.html',
      '<!doctype html><html lang="en"><title>T</title><h1>T</h1><!-- [html-validate-disable wcag/h37] --><img src="x"></html>',
      'alfa/sia-r2',
    ],
    [
      'readability',
      'node_modules/a.test.mjs',
      '/* eslint-disable */\neval("1");\n',
      'eslint/no-eval',
    ],
    ['readability', 'x.php.js', '// eslint-disable-next-line\neval("1");\n', 'eslint/no-eval'],
  ] as const)(
    '%s: what would switch it off is itself a finding and does nothing (%s)',
    async (gate, name, text, rule) => {
      const report = await exact.check(gate, [textFile(name, text)], NEVER);
      const rules = report.findings.map((finding) => finding.ruleId);
      expect(rules).toContain('aios/suppression');
      expect(rules).toContain(rule);
    },
  );

  test('a piece of a page is not asked for a title or a language', async () => {
    const report = await exact.check(
      'accessibility',
      [textFile('a.html', '<h2>Part</h2><p>Words</p>')],
      NEVER,
    );
    expect(report.findings.filter((finding) => finding.level === 'error')).toEqual([]);
    expect(report.notChecked.join('\n')).toContain('a piece of a page');
  });

  test('a house style that is not sound stops the room from opening', () => {
    expect(() =>
      makeExact({
        childEntry: new URL('./children/tries.mjs', import.meta.url),
        houseStyle: 'rules: 3',
      }),
    ).toThrow('rules/house-style.yaml:1:8');
  });
});
