import { Fault } from '../../core/fault.ts';
import type { CloudAnswer } from '../../core/facts.ts';
import { CLOUD_ANSWERS } from '../../core/facts.ts';

/** A request to try out. */
export type Trying = { readonly text: string; readonly files: readonly string[] };

/**
 * The settings a trial meets. Without a database nobody knows what an owner answered, so a client is taken for one whose
 * ordinary work may leave the machine, unless it is said otherwise. Throws Fault `bad_input`.
 */
export function clientOf(
  { cloud = 'allowed' }: { readonly cloud?: string | undefined },
  usage: string,
): { readonly cloud: CloudAnswer } {
  const answer = CLOUD_ANSWERS.find((one) => one === cloud);
  if (answer === undefined)
    throw new Fault(
      'bad_input',
      `Expected --cloud with one of ${CLOUD_ANSWERS.join(', ')}, got "${cloud}". ${usage}`,
    );
  return { cloud: answer };
}
