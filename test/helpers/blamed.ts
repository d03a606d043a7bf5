import type { Blamed } from '../../src/core/blame/blamed.ts';
import { linesOf } from '../../src/core/attribution.ts';
import type { Run } from '../../src/core/attribution.ts';

const TEXT =
  '# Clay\n\nClay is patient & <em>kind</em>. Come on a Tuesday evening.\n\tDon’t be late.\n\nAverylongwordwithoutanyspaceinitthatgoesonandonandonpasttheedgeofanysmallwindow.\n';

/** A run of an author from the begin of one text to the end of another. */
function run(source: number, first: string, last = first): Run {
  return { source, from: TEXT.indexOf(first), to: TEXT.indexOf(last) + last.length };
}

/** A delivery with everything a view of it must show: several authors, a binary file and an erased one. */
export const BLAMED: Blamed = {
  number: '#142.2',
  sha256: 'ab'.repeat(32),
  version: 3,
  rehearsal: false,
  authors: [
    {
      mark: 'A',
      says: 'by model claude-x as persona blog-writer, draft 1',
      words: 12,
      percent: 60,
    },
    { mark: 'B', says: 'brought in with the request', words: 6, percent: 30 },
    { mark: 'C', says: 'by Ada <Approver>', words: 2, percent: 10 },
  ],
  files: [
    {
      name: 'post.md',
      content: {
        is: 'text',
        lines: linesOf(TEXT, [
          run(1, '# Clay'),
          run(0, 'Clay is patient'),
          run(2, '& <em>kind</em>'),
          run(0, '. Come on a Tuesday evening.'),
          run(2, 'Don’t be'),
          run(1, 'late.', 'smallwindow.'),
        ]),
      },
      shares: [{ source: 0, words: 12 }],
      coarse: true,
    },
    { name: 'logo.png', content: { is: 'bytes', author: 1 }, shares: [], coarse: false },
    {
      name: 'erased file 3',
      content: { is: 'erased' },
      shares: [
        { source: 1, words: 5 },
        { source: 2, words: 1 },
      ],
      coarse: false,
    },
  ],
};
