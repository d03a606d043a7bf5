import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/**
 * The requests of a file: `{text, kind, files?}` each. `kind: unclear` is for what nobody could tell a kind of. Throws
 * Error for a kind the practice does not have.
 */
export async function readRequests(file, kinds) {
  const { version, requests } = parse(await readFile(file, 'utf8'));
  if (version !== 1 || !Array.isArray(requests))
    throw new Error(`Expected version 1 and a list of requests in ${file}.`);
  const unknown = requests.find(({ kind }) => kind !== 'unclear' && !kinds.has(kind));
  if (unknown !== undefined)
    throw new Error(
      `Expected a kind of the practice, got "${unknown.kind}" for "${unknown.text}".`,
    );
  return requests;
}
