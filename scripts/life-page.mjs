/** docs/life.md as text, made from the table of life itself, so that a test can hold the page on disk against it. */
import { readFile } from 'node:fs/promises';
import { format } from 'prettier';

const HEAD = `# The life of a task

<!-- Made by \`npm run docs:life\` from src/core/task.ts. Change the table there, then run it; a test compares. -->

Every state a task can be in, and every event that moves it. There are no other ways: buttons, the command line and the
flows follow this table. In the diagram, events with a ⚙ are the system's, each under a written rule that its entry names;
all others are a person's. \`back\` is the state that was kept when the task began to wait.
`;

const TAIL = `
**R/A** is the requester or an approver of that client, **A** an approver; the owner counts as an approver of every client.
Further conditions of a step (a price cap, the hash that was shown, a reason) are held by the flow that takes it.
\`asking\` waits for words, \`held\` for the world or for money. \`rejected\`, \`cancelled\` and \`delivered\` are final: a
correction is a new task.
`;

/** Who may cause an event, in the short words of the page. */
function whoOf(who) {
  if (who.includes('system')) return 'system';
  return who.includes('requester') ? 'R/A' : 'A';
}

function placeOf(row) {
  if (row.returnTo === undefined) return row.to;
  return row.returnTo === 'keep'
    ? `${row.to}, keeps what was kept`
    : `${row.to}, keeps ${row.returnTo}`;
}

/** @param {Record<string, Record<string, {who: string[], to: string, returnTo?: string, entry: string}>>} life */
function rowsOf(life) {
  return Object.entries(life).flatMap(([from, events]) =>
    Object.entries(events).map(([event, row]) => ({ from, event, ...row })),
  );
}

/** One arrow for each pair of states, so that the picture stays readable; `back` is drawn to a state of its own name. */
function diagram(life) {
  const arrows = new Map();
  for (const { from, event, to, who } of rowsOf(life)) {
    const key = `${from} --> ${to}`;
    const label = whoOf(who) === 'system' ? `⚙ ${event}` : event;
    arrows.set(key, [...(arrows.get(key) ?? []), label]);
  }
  const ends = Object.keys(life).filter((state) => Object.keys(life[state]).length === 0);
  return [
    'stateDiagram-v2',
    '  direction TB',
    '  [*] --> proposed',
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join(', ')}`),
    ...ends.map((state) => `  ${state} --> [*]`),
    '  note right of back: the state that was kept',
  ].join('\n');
}

function table(life) {
  const lines = rowsOf(life).map(
    (row) =>
      `| ${row.from} | ${row.event} | ${whoOf(row.who)} | ${placeOf(row)} | \`${row.entry}\` |`,
  );
  return ['| From | Event | Who | To | Entry |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}

/** The whole page, laid out as `npm run format` would. */
export async function lifePage(life) {
  const style = JSON.parse(await readFile(new URL('../.prettierrc.json', import.meta.url), 'utf8'));
  return format(page(life), { ...style, parser: 'markdown' });
}

function page(life) {
  return `${HEAD}\n\`\`\`mermaid\n${diagram(life)}\n\`\`\`\n\n${table(life)}\n${TAIL}`;
}
