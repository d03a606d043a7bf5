import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { Level } from '../../../core/verdict.ts';
import { FIX } from './advice.ts';
import type { Hit } from './hit.ts';
import type { Page } from './page.ts';

/** The rules asked, how hard each counts and the criterion it stands for. Precise ones of A and AA may stop a draft. */
const RULES: Readonly<Record<string, readonly [Level, string | undefined]>> = {
  'area-alt': ['error', '1.1.1'],
  'aria-hidden-body': ['error', '4.1.2'],
  'aria-label-misuse': ['warn', '4.1.2'],
  'empty-heading': ['error', '1.3.1'],
  'empty-title': ['error', '2.4.2'],
  'hidden-focusable': ['error', '4.1.2'],
  'input-missing-label': ['error', '4.1.2'],
  'meta-refresh': ['error', '2.2.1'],
  'no-autoplay': ['warn', '1.4.2'],
  'no-dup-id': ['warn', '4.1.1'],
  'text-content': ['error', '4.1.2'],
  'unique-landmark': ['note', undefined],
  'valid-autocomplete': ['error', '1.3.5'],
  'wcag/h30': ['error', '2.4.4'],
  'wcag/h32': ['note', undefined],
  'wcag/h36': ['error', '1.1.1'],
  'wcag/h37': ['error', '1.1.1'],
  'wcag/h63': ['warn', '1.3.1'],
  'wcag/h67': ['note', '1.1.1'],
  'wcag/h71': ['note', '1.3.1'],
};

/** The configuration is all here: neither a file nor a directive in the page can change it. */
const engine = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    elements: ['html5'],
    rules: Object.fromEntries(Object.keys(RULES).map((id) => [id, 'error'])),
  }),
);

/** Asks html-validate about a page. Comments are blanked first: they may hold directives that switch rules off. */
export async function runHtmlValidate(page: Page): Promise<Hit[]> {
  const report = await engine.validateString(withoutComments(page), 'draft.html');
  const messages = report.results.flatMap((result) => result.messages);
  return messages.flatMap((message) => {
    const rule = RULES[message.ruleId];
    if (rule === undefined) {
      if (message.ruleId === 'parser-error') return [brokenAt(page, message)];
      throw new Error(`html-validate answered with a rule it was not asked: ${message.ruleId}`);
    }
    const ruleId = `html-validate/${message.ruleId}`;
    const why = `${message.message.replace(/\.?$/, '.')}`;
    const [level, criterion] = rule;
    return [
      {
        ruleId,
        level,
        criterion,
        start: tagStart(page, message.offset),
        why,
        fix: FIX[ruleId] ?? why,
      },
    ];
  });
}

/** What the parser cannot read, it cannot check: the rest of such a page is unseen, so this is an error. */
function brokenAt(page: Page, message: { readonly offset: number; readonly message: string }): Hit {
  return {
    ruleId: 'html-validate/parser-error',
    level: 'error',
    criterion: undefined,
    start: tagStart(page, message.offset),
    why: `The page cannot be read past this place: ${message.message}.`,
    fix: 'Mend the HTML here, then have it checked again.',
  };
}

function withoutComments(page: Page): string {
  const parts: string[] = [];
  let from = 0;
  const { text } = page.source;
  for (const token of page.tokens) {
    if (token.is !== 'comment' || !text.startsWith('<!--', token.start)) continue;
    parts.push(
      text.slice(from, token.start),
      text.slice(token.start, token.end).replace(/[^\n]/g, ' '),
    );
    from = token.end;
  }
  return parts.join('') + text.slice(from);
}

function tagStart(page: Page, offset: number): number {
  const tag = page.tags.findLast((one) => one.start <= offset);
  return tag === undefined ? 0 : tag.start;
}
