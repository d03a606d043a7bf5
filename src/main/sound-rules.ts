import { Fault } from '../core/fault.ts';
import { refuseOtherRules } from '../flow/refuse-rules.ts';
import { standingOf } from '../flow/rules-in-force.ts';
import { reportOnRules } from '../library/rules-report.ts';
import type { Report } from '../library/rules-report.ts';
import type { Config } from '../config.ts';
import type { Base } from './base.ts';

/**
 * Looks at the rules on disk as `aios rules check` does before they are put in force. Gives how much was found. Throws
 * Fault `bad_rules` with every error in them.
 */
export async function refuseFaults({
  rulesFolder,
  personasFolder,
}: Pick<Config, 'rulesFolder' | 'personasFolder'>): Promise<Report['counts']> {
  const { findings, counts } = await reportOnRules(rulesFolder, personasFolder);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length === 0) return counts;
  throw new Fault(
    'bad_rules',
    [
      `Expected rules without faults, got ${errors.length}. Nothing was accepted. Mend these first:`,
      ...errors.map(({ place, says }) => `${place.file}:${place.line}:${place.column}: ${says}`),
    ].join('\n'),
  );
}

/**
 * What becomes of rules on disk that nobody accepted: they are refused, or with AIOS_RULES=auto looked at, so that they
 * may be taken. Gives how many warnings they have; null where there is nothing to take. Throws Fault `not_allowed` with
 * what is different, or `bad_rules`.
 */
export async function refuseUnsound({
  config,
  parts,
}: Pick<Base, 'config' | 'parts'>): Promise<number | null> {
  if (!config.rulesByThemselves) {
    await refuseOtherRules(parts);
    return null;
  }
  const standing = await standingOf(parts);
  return standing.is === 'other' ? (await refuseFaults(config)).warning : null;
}
