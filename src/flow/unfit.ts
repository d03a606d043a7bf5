import type { Heard } from './ports/doors.ts';
import type { World } from './ports/world.ts';

/** Why a message cannot be taken in, with the next step; null when it can. */
export function refusalOf({ facility }: Pick<World, 'facility'>, heard: Heard): string | null {
  if (heard.text.trim() === '' && heard.files.length === 0)
    return 'I was mentioned without any words. Write what you need, for example: "proofread the attached page". `/aios help` shows what I can do.';
  if (heard.text.length > facility.textCap)
    return `A request has at most ${facility.textCap} characters, this one has ${heard.text.length}. Nothing was stored. Attach the long part as a file and say in a sentence what should be done with it.`;
  const large = heard.files.find((f) => f.size > facility.fileCap);
  if (large !== undefined)
    return `A file has at most ${megabytes(facility.fileCap)}, "${large.name}" has ${megabytes(large.size)}. Nothing was stored. Send a smaller file, or several.`;
  return null;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
