import { Audit } from '@siteimprove/alfa-act';
import { Device } from '@siteimprove/alfa-device';
import { Element, Node } from '@siteimprove/alfa-dom';
import { Native } from '@siteimprove/alfa-dom/native';
import { Request, Response } from '@siteimprove/alfa-http';
import Rules from '@siteimprove/alfa-rules';
import { Page as AlfaPage } from '@siteimprove/alfa-web';
import type { Level } from '../../../core/verdict.ts';
import { FIX } from './advice.ts';
import { CRITERIA } from './criteria.ts';
import type { Hit } from './hit.ts';
import { MARK, type Page } from './page.ts';
import { withPage } from './window.ts';

/** Rules that fire on 30 to 90 % of ordinary pages without a barrier behind them, and rules of level AAA only. */
const SILENT = new Set([
  'sia-r55',
  'sia-r56',
  'sia-r57',
  'sia-r59',
  'sia-r60',
  'sia-r85',
  'sia-r87',
  'sia-r111',
]);

/** The outcome of a rule, as far as we look into it. */
type Outcome = {
  readonly outcome: string;
  readonly rule: { readonly uri: string; readonly requirements: Iterable<object> };
  readonly target?: unknown;
  toJSON(): unknown;
};

/** Runs every Alfa rule over a page. Throws what Alfa throws: the caller makes the engine's row `failed`. */
export function runAlfa(page: Page): Promise<Hit[]> {
  return withPage(page.marked, async (document) => {
    const device = Device.standard();
    const read = Node.from(await Native.fromNode(document as never), device);
    const audited = Audit.of(
      AlfaPage.of(Request.empty(), Response.empty(), read as never, device),
      Rules as never,
    );
    const outcomes = [...(await audited.evaluate())] as unknown as Outcome[];
    return outcomes.flatMap((outcome) => hitOf(outcome));
  });
}

function hitOf(outcome: Outcome): Hit[] {
  if (outcome.outcome !== 'failed' && outcome.outcome !== 'cantTell') return [];
  const id = outcome.rule.uri.split('/').pop() ?? '';
  const criteria = [...outcome.rule.requirements].flatMap(criterionOf);
  const criterion = criteria.find((one) => CRITERIA[one] !== undefined);
  const isBeyond = criteria.length > 0 && criterion === undefined;
  if (isBeyond || SILENT.has(id)) return [];
  const ruleId = `alfa/${id}`;
  const said = messageOf(outcome.toJSON());
  const hit = { ruleId, criterion, start: startOf(outcome.target), fix: FIX[ruleId] ?? said };
  if (outcome.outcome === 'failed') return [{ ...hit, level: levelOf(criterion), why: said }];
  return [{ ...hit, level: 'undecided', why: 'A machine cannot tell here; a person has to look.' }];
}

/** Only what WCAG 2.2 asks at A or AA may stop a draft. */
function levelOf(criterion: string | undefined): Level {
  const level = criterion === undefined ? undefined : CRITERIA[criterion]?.level;
  if (level === 'A' || level === 'AA') return 'error';
  return level === undefined ? 'note' : 'warn';
}

function criterionOf(requirement: object): string[] {
  const isCriterion = 'type' in requirement && requirement.type === 'criterion';
  return isCriterion && 'chapter' in requirement ? [String(requirement.chapter)] : [];
}

/** The offset of the nearest start tag of what the rule looked at; 0 is the page itself. */
function startOf(target: unknown): number {
  if (Element.isElement(target))
    return target
      .attribute(MARK)
      .map((mark) => Number(mark.value))
      .getOr(0);
  if (Node.isNode(target)) return target.parent().map(startOf).getOr(0);
  if (typeof target === 'object' && target !== null && Symbol.iterator in target) {
    for (const one of target as Iterable<unknown>) return startOf(one);
  }
  return 0;
}

/** The first expectation that was not met, in Alfa's own words. */
function messageOf(json: unknown): string {
  const found = /"message":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(expectationsOf(json)));
  const said: unknown = found?.[1] === undefined ? undefined : JSON.parse(found[1]);
  return typeof said === 'string'
    ? `${said.replace(/\s+/g, ' ').replaceAll('`', '"')}.`
    : 'The rule is not met.';
}

function expectationsOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('expectations' in json)) return null;
  const all = json.expectations;
  if (!Array.isArray(all)) return all;
  return all.filter((one: unknown) => JSON.stringify(one).includes('"type":"err"'));
}
