import { Fault } from '../../core/fault.ts';
import type { CloudAnswer, Sensitivity } from '../../core/facts.ts';
import { CLOUD_ANSWERS } from '../../core/facts.ts';

/** A request to try out. */
export type Trying = { readonly text: string; readonly files: readonly string[] };

/** The settings a trial meets. */
export type Settings = {
  readonly client: { readonly cloud: CloudAnswer };
  readonly sensitivity?: Sensitivity;
};

/**
 * Without a database nobody knows what an owner said of a client, so one is taken for a client whose ordinary work may leave
 * the machine, unless it is said otherwise. Throws Fault `bad_input`.
 */
export function settingsOf(
  given: { readonly cloud?: string | undefined; readonly confidential?: boolean | undefined },
  usage: string,
): Settings {
  const { cloud = 'allowed', confidential = false } = given;
  const answer = CLOUD_ANSWERS.find((one) => one === cloud);
  if (answer === undefined)
    throw new Fault(
      'bad_input',
      `Expected --cloud with one of ${CLOUD_ANSWERS.join(', ')}, got "${cloud}". ${usage}`,
    );
  return {
    client: { cloud: answer },
    ...(confidential ? { sensitivity: 'confidential' as const } : {}),
  };
}
