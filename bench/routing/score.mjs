/** Words of a text, for comparing pieces: what stands between them does not count. */
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How much two texts have in common: shared words of all words, 0 to 1. */
export function likeness(a, b) {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const rest = new Map();
  for (const word of right) rest.set(word, (rest.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of left) {
    const left = rest.get(word) ?? 0;
    if (left > 0) shared += 1;
    rest.set(word, left - 1);
  }
  return (2 * shared) / (left.length + right.length || 1);
}

/** As much as two readings of one piece may differ: a line that leads to it may stand with it or not. */
const SAME_PIECE = 0.5;

/** What became of one labelled request under a plan of `planDry`; `doer(kind, files)` is who the written table gives it to. */
export function scoreOne(label, plan, doer) {
  const pieces = [...plan.tasks, ...plan.answers.map((one) => ({ ...one, answered: true }))];
  const found = label.tasks.map((task) => nearest(task, pieces));
  const asks = plan.tasks.some((task) => task.asks !== null);
  return {
    label,
    asks,
    about: plan.tasks.find((task) => task.asks !== null)?.asks.about ?? null,
    answered: plan.tasks.length === 0,
    split: splitRight(label, plan),
    steered: plan.tasks.some((task, i) => isSteered(task, label.tasks[i])),
    tasks: label.tasks.map((task, i) => scoreTask({ task, label, got: found[i] }, doer)),
    plan,
  };
}

/** Whether words moved a task to another lane than its work would go to by itself. */
function isSteered({ sources, lane }, wanted) {
  return lane !== null && sources.lane?.startsWith('person') === true && lane !== wanted?.lane;
}

function nearest(task, pieces) {
  const ranked = pieces
    .map((piece) => ({ piece, like: likeness(task.text, piece.text) }))
    .sort((a, b) => b.like - a.like);
  return ranked[0]?.piece;
}

function splitRight(label, plan) {
  const asked = plan.tasks.some((task) => task.asks?.about === 'pieces');
  if (asked || plan.tasks.length !== label.tasks.length) return false;
  return label.tasks.every((task, i) => {
    const like = plan.tasks.map((got) => likeness(task.text, got.text));
    return like[i] >= SAME_PIECE && like[i] === Math.max(...like);
  });
}

function scoreTask({ task, label, got }, doer) {
  const known = task.kind !== 'unclear';
  const persona = known ? doer(task.kind, task.files ?? label.files) : null;
  const wanted = {
    kind: task.kind,
    known,
    persona,
    wantedLane: task.lane,
    wantedConsequence: task.consequence,
    sensitive: task.sensitive,
  };
  const works = got !== undefined && got.answered !== true;
  return {
    ...wanted,
    ...(works ? scoreWork(wanted, got) : { ...NO_WORK, read: got?.kind ?? 'none' }),
  };
}

const NO_WORK = {
  acts: false,
  confidence: 0,
  top: false,
  offered: false,
  right: false,
  rightKind: false,
  lane: null,
  laneRight: false,
  consequence: null,
  saidSensitive: false,
  leaves: false,
};

function scoreWork({ kind, persona, wantedLane }, got) {
  const acts = got.asks === null;
  return {
    acts,
    read: got.kind,
    confidence: got.confidence,
    top: got.candidates[0] === persona,
    offered: got.candidates.includes(persona),
    right: acts && got.persona === persona,
    rightKind: acts && got.kind === kind,
    lane: got.lane,
    laneRight: acts && got.lane === wantedLane,
    consequence: got.consequence,
    saidSensitive: got.sensitive,
    leaves: got.lane === 'seat' || got.lane === 'senior',
  };
}
