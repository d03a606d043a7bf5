/** The ends of the world, in no time: lanes, checks and a Slack that answer at once. What is left is orchestration. */

const TEXT = 'A tidy office starts with an empty desk. '.repeat(50);
const ANSWER = JSON.stringify({
  fit: 'mine',
  belongs_to: null,
  deliverable_files: [{ name: 'post.md', text: `# Spring cleaning\n\n${TEXT}\n` }],
  questions: [],
  assumptions: ['The readers run small offices.'],
  confidence: 90,
  minutes_by_hand: 45,
  disclosure_note: '',
});
const USAGE = { input: 2000, cacheRead: 0, cacheWrite: 0, output: 600, computeMs: 0 };

const lane = (id, wait) => ({
  id,
  health: async () => ({ is: 'ready', model: `bench-${id}`, rehearsal: false }),
  run: async () => {
    await wait();
    return {
      provider: 'bench',
      modelRequested: `bench-${id}`,
      modelServed: `bench-${id}`,
      requestId: null,
      text: ANSWER,
      files: [],
      stop: 'end',
      usage: USAGE,
      latencyMs: 0,
      rehearsal: false,
    };
  },
  close: async () => undefined,
});

/** Four lanes that give the same post; `wait` is what a call takes. */
export function makeLanes(ids, wait = async () => undefined) {
  return Object.fromEntries(ids.map((id) => [id, lane(id, wait)]));
}

/** A gate that looks at nothing and passes everything. */
export const EXACT = {
  run: async () => ({ is: 'not_possible', why: 'The bench has no exact programs.' }),
  check: async () => ({
    findings: [],
    engines: [{ name: 'bench', version: '1', ms: 0, status: 'ok' }],
    notChecked: [],
  }),
  secrets: async (texts) => texts.map(() => []),
  close: async () => undefined,
};

/** A Slack that has everything at once, and tells `seen` of every message. */
export function makeSlack(seen) {
  let ts = 0;
  const post = async (message, to) => {
    seen(message);
    return { channel: to.channel, ts: `${(ts += 1)}.000100` };
  };
  return {
    post,
    edit: async (message) => seen(message),
    deliver: (message, _files, to) => post(message, to),
    fetch: async () => [],
    whoIs: async (user) => ({ name: user, role: 'colleague', bot: false }),
    dm: async (user) => `D${user}`,
    outsidersIn: async () => false,
  };
}
