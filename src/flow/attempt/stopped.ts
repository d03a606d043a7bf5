import type { CloudAnswer } from '../../core/facts.ts';
import type { Fault } from '../../core/fault.ts';
import type { Replaced } from '../../core/leaving.ts';
import type { NamedRule } from '../../core/rule-set.ts';
import { openAct } from '../act.ts';
import { askPerson, stuckWords } from '../answer/ask-person.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { showPlan } from '../start.ts';
import { leavingNow } from './way-out.ts';

/**
 * Stops work that may not leave the machine and was planned for a service outside: a setting was changed, or it turned out
 * to be confidential. A person says how to go on. Whether it was stopped.
 */
export async function stoppedOnWayOut(world: World, file: TaskFile): Promise<boolean> {
  if (leavingNow(file) !== 'forbidden') return false;
  const about = askedAbout(file, file.client?.cloud ?? 'unset');
  const text = world.library.rules.asks.get(about)?.question ?? '';
  await ask(world, file, { about, text, rule: 'LEAVE-STOP' });
  return true;
}

/** What has to be said before it could go on. */
function askedAbout(
  { task: { facts } }: TaskFile,
  cloud: CloudAnswer,
): 'sensitivity' | 'cloud' | 'lane' {
  if (facts.sensitivity === 'ordinary' && facts.suspected === 'confidential') return 'sensitivity';
  return facts.sensitivity === 'ordinary' && cloud === 'unset' ? 'cloud' : 'lane';
}

/**
 * Asks a person about secrets in the material, where the rules want that and nobody has answered yet. Whether it asked:
 * then nothing was sent.
 */
export async function asksAboutSecrets(
  world: World,
  file: TaskFile,
  { secret: found = 0 }: Replaced,
): Promise<boolean> {
  if (found === 0 || world.library.rules.settings.secrets === 'mask' || maskSaid(file))
    return false;
  const many =
    found === 1 ? '1 place in the material looks' : `${found} places in the material look`;
  const text = `${many} like a password or a key. Nothing was sent. Whoever brought it should change it. Shall it be masked and the work go on?`;
  await ask(world, file, { about: 'secrets', text, rule: 'SECRETS-ASK' });
  return true;
}

/** Whether a person has said of this task that secrets are to be masked. */
function maskSaid({ questions, task }: TaskFile): boolean {
  return questions.some(
    ({ about, taskId, answer }) => about === 'secrets' && taskId === task.id && answer === 'mask',
  );
}

/** Asks a person about work whose call could not be made for a fault of what would be sent, or of who would be asked. */
export async function stoppedBefore(world: World, file: TaskFile, fault: Fault): Promise<void> {
  const text = stuckWords(world.library.rules, fault.message);
  await ask(world, file, { about: 'stuck', text, rule: 'ASK-STUCK' });
}

type Asked = {
  readonly about: QuestionAbout;
  readonly text: string;
  readonly rule: NamedRule;
};

async function ask(world: World, { task, request }: TaskFile, asked: Asked): Promise<void> {
  const act = openAct(world.clock);
  showPlan(act, await askPerson(world, act, { ...asked, task, request }));
  await world.store.commit(act.close());
}
