import { Fault } from '../core/fault.ts';
import type { NamedFile } from '../flow/ports/exact.ts';
import { kindOf } from './kinds.ts';

/** Above these, engines have been seen to hang or trap; below, each is known to end. Bytes. */
export const CAPS = {
  file: 256 * 1024,
  all: 2 * 1024 * 1024,
  line: 200 * 1024,
  files: 500,
  /** A document, pictures and all; only its text goes on, and that is held to `file`. */
  document: 8_000_000,
} as const;

const BAD_NAME = /(^|\/)\.{1,2}(\/|$)|^\/|^$|\\|\p{Cc}/u;

/**
 * Refuses what no engine should ever see.
 * Throws Fault `bad_input` for a name that is no plain relative name or comes twice, `too_large` over a cap.
 */
export function holdToCaps(files: readonly NamedFile[]): void {
  const names = new Set<string>();
  if (files.length > CAPS.files)
    throw new Fault(
      'too_large',
      `Expected at most ${CAPS.files} files, got ${files.length}; send fewer at a time.`,
    );
  let all = 0;
  for (const file of files) {
    holdName(file.name, names);
    if (kindOf(file.name) === undefined) continue;
    holdFile(file);
    all += file.bytes.length;
  }
  if (all > CAPS.all)
    throw new Fault(
      'too_large',
      `The files are ${kb(all)} together; the exact programs take up to ${kb(CAPS.all)}. Send fewer at a time.`,
    );
}

function holdName(name: string, seen: Set<string>): void {
  if (BAD_NAME.test(name))
    throw new Fault(
      'bad_input',
      `Expected a plain relative file name, got ${JSON.stringify(name.slice(0, 80))}; rename the file.`,
    );
  if (seen.has(name))
    throw new Fault('bad_input', `Two files are named ${name}; rename one of them.`);
  seen.add(name);
}

function holdFile(file: NamedFile): void {
  const size = file.bytes.length;
  if (size > CAPS.file)
    throw new Fault(
      'too_large',
      `${file.name} is ${kb(size)}; the exact programs take files up to ${kb(CAPS.file)}. Split it or leave it out.`,
    );
  const longest = longestLine(file.bytes);
  if (longest > CAPS.line)
    throw new Fault(
      'too_large',
      `${file.name} has a line of ${kb(longest)}; the exact programs take lines up to ${kb(CAPS.line)}. Send the source it was made from instead.`,
    );
}

function longestLine(bytes: Uint8Array): number {
  let longest = 0;
  let from = 0;
  while (from <= bytes.length) {
    const found = bytes.indexOf(10, from);
    const end = found === -1 ? bytes.length : found;
    longest = Math.max(longest, end - from);
    from = end + 1;
  }
  return longest;
}

function kb(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
