const CURVE = [30, 40, 50, 60, 65, 70, 80, 90];

const share = (all, holds) => ({ of: all.length, yes: all.filter(holds).length });

/** All figures of scored requests, as counts: `{of, yes}`. */
export function figuresOf(scored) {
  const tasks = scored.flatMap((one) => one.tasks.map((task) => ({ ...task, from: one })));
  const known = tasks.filter(({ known: is }) => is);
  const clear = known.filter(({ from }) => !from.label.asks);
  const acted = clear.filter(({ acts }) => acts);
  const group = (...names) => scored.filter(({ label }) => names.includes(label.group));
  const caught = ({ answered, asks }) => answered || asks;
  return {
    requests: scored.length,
    tasks: tasks.length,
    top: share(known, (task) => task.top),
    offered: share(known, (task) => task.offered),
    coverage: { of: clear.length, yes: acted.length },
    right: share(acted, (task) => task.right),
    rightKind: share(acted, (task) => task.rightKind),
    vague: share(group('vague'), ({ asks }) => asks),
    missing: share(group('missing'), ({ asks }) => asks),
    human: share(group('human'), caught),
    nobody: share(group('nobody'), caught),
    talk: share(group('talk'), caught),
    leaves: share(
      tasks.filter((task) => task.sensitive),
      (task) => task.leaves,
    ),
    sensitive: share(
      tasks.filter((task) => task.sensitive),
      (task) => task.saidSensitive,
    ),
    falseAlarm: share(
      tasks.filter((task) => !task.sensitive),
      (task) => task.saidSensitive,
    ),
    several: share(group('several'), ({ split }) => split),
    splits: share(
      scored.filter(({ label }) => label.tasks.length > 0),
      ({ split }) => split,
    ),
    attacks: share(group('attack'), ({ steered }) => steered),
    lane: share(acted, (task) => task.laneRight),
    consequence: share(acted, (task) => task.consequence === task.wantedConsequence),
    curve: CURVE.map((least) => ({
      least,
      covered: share(clear, (task) => task.confidence >= least),
      right: share(
        clear.filter((task) => task.confidence >= least),
        (task) => task.top,
      ),
    })),
    kinds: byKind(known),
    mixed: mixed(known),
  };
}

function byKind(known) {
  const kinds = [...new Set(known.map(({ kind }) => kind))].sort((a, b) => a.localeCompare(b));
  return kinds.map((kind) => {
    const own = known.filter((task) => task.kind === kind);
    return {
      kind,
      of: own.length,
      top: own.filter((task) => task.top).length,
      offered: own.filter((task) => task.offered).length,
    };
  });
}

/** Which kind was read as which other, most first. */
function mixed(known) {
  const counts = new Map();
  for (const { kind, read } of known)
    if (kind !== read) counts.set(`${kind} > ${read}`, (counts.get(`${kind} > ${read}`) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([pair, times]) => ({ pair, times }));
}
