import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { clientBySlug } from '../flow/command/settings.ts';
import { noteExport } from '../flow/export.ts';
import type { World } from '../flow/ports/world.ts';
import { hexOf } from '../ledger/bundle-files.ts';
import type { Config } from '../config.ts';
import { flagsOf, TEXT, YES } from './flags.ts';
import { makeStatement } from './statement/make.ts';
import type { Made, Maker, StatementAsk } from './statement/make.ts';
import { refuseFull, writeWhole } from './statement/write.ts';
import { visit } from './visit.ts';

const USAGE =
  'aios statement --client <short name> --from 2026-11-01 --to 2026-11-30, both days included; --out <new folder>; --practice "How you call yourselves". Or: aios statement --list-clients';

const FLAGS = {
  client: TEXT,
  from: TEXT,
  to: TEXT,
  out: TEXT,
  practice: TEXT,
  'list-clients': YES,
} as const;

/**
 * `aios statement`: writes the statement of a client into a new folder, with everything to check it. Throws Fault for bad
 * input and for whatever `makeStatement` throws; then nothing is written.
 */
export async function statement(config: Config, args: readonly string[]): Promise<number> {
  const given = flagsOf(args, FLAGS, USAGE);
  if (given['list-clients'] === true) return visit(config, listClients, { rules: 'any' });
  const { client: slug, from, to } = given;
  if (slug === undefined || from === undefined || to === undefined)
    throw new Fault('bad_input', `Expected --client, --from and --to. ${USAGE}`);
  return visit(config, async (world, base) => {
    const client = await clientBySlug(world, slug);
    const folder = given.out ?? join(process.cwd(), `statement-${slug}-${from}-${to}`);
    const ask = { client, days: { from, to }, practice: given.practice };
    const made = await handOver({ world, base }, ask, folder);
    for (const line of toldOf(made, folder)) console.log(line);
    return 0;
  });
}

/** One short name a line, for scripts. */
async function listClients(world: World): Promise<number> {
  for (const { slug } of await world.store.clients()) console.log(slug);
  return 0;
}

/** Makes a statement, notes it in the record and writes it, all or nothing. */
export async function handOver(maker: Maker, ask: StatementAsk, folder: string): Promise<Made> {
  await refuseFull(folder);
  const made = await makeStatement(maker, ask);
  await writeWhole(folder, made.files, () => noted(maker, ask, made));
  return made;
}

async function noted({ world }: Maker, { client }: StatementAsk, made: Made): Promise<void> {
  const { facility, store } = world;
  const owner = await store.personBySlack(facility.team, facility.ownerUser);
  await noteExport(world, {
    client: client.id,
    number: made.number,
    by: owner === null ? { kind: 'system', id: 'aios' } : { kind: 'person', id: owner.id },
    size: made.size,
    root: made.root,
    span: made.span,
    manifest: hexOf(made.files.get('manifest') ?? new Uint8Array()),
  });
}

function toldOf({ files, number, checked, size, keys }: Made, folder: string): readonly string[] {
  const totals = checked.figures?.totals;
  const of = (name: string): string => totals?.get(name) ?? '';
  return [
    `Statement ${number} of ${of('days')}: ${of('tasks')}, cost ${of('cost')}. ${files.size} files in ${folder}`,
    ...['provisional', 'rehearsal'].flatMap((name) => totals?.get(name) ?? []),
    `It holds the whole record: ${size} entries, ${of('mark')}.`,
    `Check it as your client will: cd ${folder} && node verify.mjs --key ${keys.at(-1) ?? ''}`,
    'Give the whole folder to the client. The key belongs into your contract, not only into the folder.',
  ];
}
