import type { AnswerFile } from '../../core/answer.ts';
import { askFor, endingOf, type Reading, type Work } from '../reading.ts';

type Remark = {
  readonly file: string;
  readonly line: number;
  readonly quote: string;
  readonly says: string;
};

const CODE = ['php', 'js', 'mjs', 'ts', 'css', 'html', 'json', 'yaml', 'yml'];
const MOST = 25;

/** One line of code at a time; plain patterns, so the same file always gets the same review. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [
    /\becho\b(?!.*\b(?:esc_|wp_kses))[^;]*\$_(?:GET|POST|REQUEST|COOKIE)/,
    'A request value is printed as it came. Escape it where it is printed.',
  ],
  [
    /\$wpdb->(?:query|get_\w+)\(\s*(?:"[^"]*\$|["'][^"']*["']\s*\.)(?!.*prepare)/,
    'A query is put together from values. Use `$wpdb->prepare`.',
  ],
  [
    /\bunserialize\s*\(/,
    'Text from outside is turned back into objects, which can run code. Use JSON.',
  ],
  [/\beval\s*\(/, 'Code made from text is run here. Say what it should do instead.'],
  [/\.innerHTML\s*=/, 'Markup is set from a value. Use `textContent`.'],
  [/\bvar\s+\w+\s*=/, 'Use `const`, or `let` where the value changes.'],
  [/[^=!]==[^=]/, 'A loose comparison converts types first. Use `===`.'],
  [/\bconsole\.log\(/, 'A trace was left in.'],
  [/\b(?:TODO|FIXME|XXX)\b/, 'Something is unfinished here.'],
  [/^.{121,}$/, 'This line is longer than 120 characters.'],
];

/** A review in Markdown: each remark quotes its line and says what to do. */
export function reviewCode(reading: Reading): Work {
  const code = reading.files.filter((file) => CODE.includes(endingOf(file.name)));
  if (code.length === 0) return askFor('Which code should I read? No file came with the request.');
  const remarks = code.flatMap(remarksOn);
  const lines = code.reduce((sum, file) => sum + file.text.split('\n').length, 0);
  return {
    files: [{ name: reading.fileName ?? 'code-review.md', text: written(code, remarks) }],
    questions: [],
    assumptions: ['The code was read, not run.'],
    minutes: 15 + Math.ceil(lines / 8),
  };
}

function remarksOn(file: AnswerFile): Remark[] {
  return file.text.split('\n').flatMap((quote, i) =>
    SIGNS.filter(([sign]) => sign.test(quote)).map(([, says]) => ({
      file: file.name,
      line: i + 1,
      quote: quote.trim(),
      says,
    })),
  );
}

function written(code: readonly AnswerFile[], remarks: readonly Remark[]): string {
  const shown = remarks.slice(0, MOST);
  const body = shown.map(
    (r) =>
      `## Line ${r.line} of \`${r.file}\`\n\n\`\`\`\n${r.quote.replaceAll('```', "'''")}\n\`\`\`\n\n${r.says}\n`,
  );
  const rest =
    remarks.length > shown.length
      ? [`${remarks.length - shown.length} more remarks of the same kinds are left out.\n`]
      : [];
  const verdict =
    remarks.length === 0
      ? 'Nothing stood out.'
      : `${remarks.length} ${remarks.length === 1 ? 'remark' : 'remarks'}.`;
  return [
    '# Code review\n',
    `Read: ${code.map((file) => `\`${file.name}\``).join(', ')}. ${verdict}\n`,
    ...body,
    ...rest,
  ].join('\n');
}
