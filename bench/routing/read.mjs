import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

const GROUPS = [
  'plain',
  'several',
  'vague',
  'missing',
  'human',
  'nobody',
  'talk',
  'sensitive',
  'attack',
  'abstract',
];

/**
 * The labelled requests of a file. Each: `{text, files, group, asks, tasks, answer?, context}`, a task
 * `{text, kind, lane?, sensitive, consequence?, files?, after?}`. Throws Error for a group or a kind nobody knows.
 */
export async function readLabelled(file, kinds) {
  const { requests } = parse(await readFile(file, 'utf8'));
  return requests.map((one) => {
    if (!GROUPS.includes(one.group)) throw new Error(`Expected a group, got "${one.group}".`);
    const tasks = (one.tasks ?? []).map((task) => ({
      ...task,
      text: task.text ?? one.text,
      sensitive: task.sensitive === true,
    }));
    for (const kind of [...tasks.map((task) => task.kind), one.answer ?? 'unclear'])
      if (kind !== 'unclear' && !kinds.has(kind))
        throw new Error(`Expected a kind of the practice, got "${kind}" for "${one.text}".`);
    return { ...one, tasks, files: one.files ?? [], asks: one.asks === true };
  });
}
