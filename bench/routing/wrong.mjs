const shown = ({ label }) => JSON.stringify(label.text).slice(0, 200);

/** What went wrong, by group, one line each, for `--show`. */
export function wrongOf(scored) {
  const tasks = scored.flatMap((from) => from.tasks.map((task) => ({ ...task, from })));
  return {
    kind: tasks
      .filter(({ known, top }) => known && !top)
      .map(
        (t) =>
          `${t.acts ? 'ACTED' : 'asked'} ${t.kind} > ${t.read} ${t.confidence} ${shown(t.from)}`,
      ),
    split: scored
      .filter(({ label, split }) => label.tasks.length > 0 && !split)
      .map((one) => `${one.label.tasks.length} > ${one.plan.tasks.length} ${shown(one)}`),
    ask: scored
      .filter(({ label, asks }) => label.asks !== asks)
      .map((one) => `${one.asks ? `asked about ${one.about}` : 'NOT ASKED'} ${shown(one)}`),
    sensitive: tasks
      .filter(({ sensitive, saidSensitive }) => sensitive !== saidSensitive)
      .map(
        (t) =>
          `${t.sensitive ? 'MISSED' : 'false alarm'}${t.leaves ? ' LEFT' : ''} ${shown(t.from)}`,
      ),
    lane: tasks
      .filter(({ acts, laneRight }) => acts && !laneRight)
      .map((t) => `${t.kind} ${t.lane}, expected ${t.wantedLane} ${shown(t.from)}`),
  };
}
