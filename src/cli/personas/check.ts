import { checkPersonas } from '../../library/check-personas.ts';
import type { Checked, Remark } from '../../library/check-personas.ts';
import type { Given } from './given.ts';

/** `aios personas check`: everything that is wrong, with its place. Returns 1 when something must be mended. */
export async function check({ config, json }: Given): Promise<number> {
  const checked = await checkPersonas(config.rulesFolder, config.personasFolder);
  const faults = checked.remarks.filter(({ level }) => level === 'fault');
  if (json) console.log(JSON.stringify(asData(checked), null, 2));
  else tell(checked, faults);
  return faults.length === 0 ? 0 : 1;
}

function asData({ remarks, circles, inForce, waiting }: Checked) {
  return { in_force: inForce, waiting, findings: [...remarks, ...circles].map(placed) };
}

function placed({ place, level, says }: Remark) {
  const [, file = place, line = '1', column = '1'] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  return { file, line: Number(line), column: Number(column), level, says };
}

function tell({ remarks, circles, inForce, waiting }: Checked, faults: readonly Remark[]): void {
  const notes = remarks.filter(({ level }) => level === 'note');
  for (const { place, says } of faults) console.log(`${place}: ${says}`);
  for (const { place, says } of notes) console.log(`${place}: note: ${says}`);
  if (circles.length > 0)
    console.log(
      `Hand-offs can go round on ${circles.length} ways; the limit of two ends each. All of them: aios personas check --json`,
    );
  const waits = waiting.length === 0 ? '' : `, ${waiting.length} not in force`;
  const found = faults.length === 0 ? 'nothing to mend' : `${faults.length} to mend`;
  console.log(`${inForce.length} personas${waits}: ${found}.`);
}
