import { Fault } from '../core/fault.ts';
import { ERASE_GROUNDS } from '../core/record-words.ts';
import type { EraseGround } from '../core/record-words.ts';
import { eraseClient } from '../flow/erase/client.ts';
import { eraseTexts } from '../flow/erase/erase.ts';
import type { Order } from '../flow/erase/erase.ts';
import { refuseOpen } from '../flow/erase/open-work.ts';
import { erasePerson, refusePerson } from '../flow/erase/person.ts';
import { redraw } from '../flow/erase/redraw.ts';
import { endingOf } from '../flow/erase/subject.ts';
import type { Held } from '../flow/ports/eraser.ts';
import type { World } from '../flow/ports/world.ts';
import type { Config } from '../config.ts';
import { knownPerson, targetOf, TARGETS } from './erase-target.ts';
import type { Target, What } from './erase-target.ts';
import { DONE, rotateLines, surveyLines, texts } from './erase-words.ts';
import { flagsOf, TEXT, YES } from './flags.ts';
import { visit } from './visit.ts';

const USAGE =
  'aios erase --request 142 | --task 142.2 | --client <slug> | --person <slack id> | --body <id>, then --ground person|contract|mistake|law, --by <slack id> if not the owner asked, and --yes to do it';

const FLAGS = {
  body: TEXT,
  task: TEXT,
  request: TEXT,
  client: TEXT,
  person: TEXT,
  ground: TEXT,
  by: TEXT,
  yes: YES,
} as const;

type Given = {
  readonly what: What;
  readonly word: string;
  readonly ground: EraseGround;
  /** Slack id of who asked for it; null for the owner. */
  readonly by: string | null;
  readonly yes: boolean;
};

/**
 * `aios erase`: makes texts unreadable for good, with an entry that says on which ground and by whose order. Without
 * `--yes` it says what would be erased and returns 1. Throws Fault for bad input, and while open work needs the texts.
 */
export async function erase(config: Config, args: readonly string[]): Promise<number> {
  const given = readGiven(args);
  const act = async (world: World): Promise<number> => {
    const target = await targetOf(world, given.what, given.word);
    const order = await orderOf(world, given);
    const held = target.is === 'person' ? [] : await world.eraser.held(target.subject.scope);
    await refuseNeeded(world, target);
    tell(surveyLines(target, held));
    if (!given.yes) {
      tell(['Nothing was erased. Say --yes as well to erase it; nothing brings it back.']);
      return 1;
    }
    tell(await carryOut(world, { target, order, held }));
    return 0;
  };
  // To look is to read, and nothing is decided by rules then.
  return visit(config, act, given.yes ? {} : { rules: 'any' });
}

function tell(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

function readGiven(args: readonly string[]): Given {
  const read = flagsOf(args, FLAGS, USAGE);
  const named = TARGETS.filter((what) => read[what] !== undefined);
  const [what] = named;
  if (what === undefined || named.length > 1)
    throw new Fault(
      'bad_input',
      `Expected one thing to erase, got ${named.length === 0 ? 'none' : named.join(', ')}. ${USAGE}`,
    );
  const ground = ERASE_GROUNDS.find((one) => one === read.ground && one !== 'retention');
  if (ground === undefined)
    throw new Fault(
      'bad_input',
      `Expected --ground with one of person, contract, mistake, law, got ${read.ground ?? 'none'}. ${USAGE}`,
    );
  const by = read.by === undefined || read.by === '@owner' ? null : read.by;
  return { what, word: read[what] ?? '', ground, by, yes: read.yes ?? false };
}

async function orderOf(world: World, { ground, by }: Given): Promise<Order> {
  const owner = await knownPerson(world, world.facility.ownerUser);
  const asker = by === null ? owner : await knownPerson(world, by);
  return { ground, by: asker.id, actor: { kind: 'person', id: owner.id } };
}

/** Throws the Fault that says why this cannot be erased now, and what to do first. */
async function refuseNeeded(world: World, target: Target): Promise<void> {
  if (target.is === 'person') return refusePerson(world, target.person);
  await refuseOpen(world, target.subject.scope);
}

type Doing = { readonly target: Target; readonly order: Order; readonly held: readonly Held[] };

async function carryOut(world: World, { target, order, held }: Doing): Promise<readonly string[]> {
  if (target.is === 'person') {
    const wrote = await world.eraser.wordsOf(target.person.id);
    await erasePerson(world, target.person, order);
    return [
      'Erased: the record knows them by a random id and nothing else.',
      ...(wrote.length === 0
        ? []
        : [
            `What they wrote stays in: ${wrote.map((n) => `#${n}`).join(', ')}. Erase that with --request.`,
          ]),
    ];
  }
  if (target.is === 'client') {
    const done = await eraseClient(world, target.client, order);
    await redraw(world, done.requests);
    return [
      `Erased ${texts(done.bodies)} and the name. The client is called ${done.slug} from now on.`,
      `${done.keys} of its keys are destroyed: no copy of the database opens its texts with the keys that are left. Delete old copies of AIOS_KEYS; they still would.`,
      ...DONE,
      ...rotateLines(
        null,
        held.filter(({ kind }) => kind === 'request'),
      ),
    ];
  }
  const { subject } = target;
  const done = await eraseTexts(world, { order, subject }, await endingOf(world, subject));
  await redraw(world, done.requests);
  const client = subject.client === null ? null : await world.store.client(subject.client);
  return [`Erased ${texts(done.bodies)}.`, ...DONE, ...rotateLines(client?.slug ?? null, held)];
}
