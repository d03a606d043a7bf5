/** docs/entries.md as text, made from the tables of the ledger itself, so that a test can hold the page on disk against it. */
import { readFile } from 'node:fs/promises';
import { format } from 'prettier';

const HEAD = `# Every entry, and what always holds

<!-- Made by \`npm run docs:entries\` from src/ledger/fields.ts and src/ledger/invariants.ts. Change those, then run it; a test compares. -->

What an entry is and how the record is signed stands in [ledger.md](ledger.md). This page lists what each type of entry
holds in \`data\`, beside the fields that all of them share, and what verification looks for. A field marked (may be left
out) is absent where it has nothing to say. Nothing else can be sealed: there is no field for free text.

## Types of entry
`;

const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function fieldsOf(fields) {
  const said = Object.entries(fields).map(
    ([name, field]) =>
      `\`${name}\`: ${field.says}${field.optional === true ? ' (may be left out)' : ''}`,
  );
  return said.length === 0 ? 'nothing' : said.join('; ');
}

/** The page for these fields by type and these invariants, formatted as the house formats. */
export async function entriesPage(fields, invariants) {
  const types = Object.entries(fields).map(([type, inside]) =>
    row([`\`${type}\``, fieldsOf(inside)]),
  );
  const rules = invariants.map(({ name, level, holds }) => row([name, level, holds]));
  const text = [
    HEAD,
    row(['Type', 'Holds']),
    row(['---', '---']),
    ...types,
    '',
    '## What always holds',
    '',
    'Each of these is looked at by `aios ledger verify`, and by the verifier in the hands of a client. A fault must not be; a note is worth a look.',
    '',
    row(['Of', 'Level', 'What holds']),
    row(['---', '---', '---']),
    ...rules,
    '',
  ].join('\n');
  const config = JSON.parse(
    await readFile(new URL('../.prettierrc.json', import.meta.url), 'utf8'),
  );
  return format(text, { ...config, parser: 'markdown' });
}
