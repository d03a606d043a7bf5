/** The lanes a stand-in can play. */
export type StandInLane = 'local' | 'seat' | 'senior';

/**
 * Ways a server can fail a call, by what a client sees on the wire. `refused` hangs up before the first byte (a truly
 * closed port is what `close` leaves behind); numbers are HTTP statuses; `html` is a proxy's 502 page; `cut`, `stall`
 * and `mid_error` happen in the middle of a stream; `silence` sends the headers and then nothing for as long as the client
 * waits: it stands for the six minutes a model may think, which the 300 s of an HTTP client's own timeouts would cut;
 * `truncated`, `off_schema` and `refusal` are answers.
 */
export const WIRE_FAULTS = [
  'refused',
  '400',
  '401',
  '402',
  '404',
  '429',
  '500',
  '503',
  '529',
  'html',
  'cut',
  'stall',
  'silence',
  'mid_error',
  'truncated',
  'off_schema',
  'refusal',
] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

/** What a stand-in answers instead of plain good work. */
export type Behaviour =
  | { readonly as: 'decline'; readonly to: string | null }
  | { readonly as: 'ask'; readonly questions: readonly string[] }
  /** The work is done, but one fault of a kind the gate knows is left in it. */
  | { readonly as: 'leave_fault' }
  /** These exact characters, whatever they are. */
  | { readonly as: 'text'; readonly text: string };

/** One instruction: the next `times` (default 1) calls on the lane whose prompt holds `match` get this answer or fault. */
export type ScriptLine = {
  readonly lane: StandInLane;
  /** Words that must stand in the system text or the material; absent means any call. */
  readonly match?: string;
  readonly answer?: Behaviour;
  readonly fault?: WireFault;
  readonly times?: number;
};

export type Script = {
  add(lines: readonly ScriptLine[]): void;
  /** The first line that fits, used up by one; undefined means plain good work. */
  take(lane: StandInLane, prompt: string): ScriptLine | undefined;
};

/** A script kept in memory; earlier lines are used first. */
export function makeScript(): Script {
  const left: { line: ScriptLine; times: number }[] = [];
  return {
    add: (lines) => left.push(...lines.map((line) => ({ line, times: line.times ?? 1 }))),
    take(lane, prompt) {
      const fits = (line: ScriptLine) =>
        line.lane === lane && (line.match === undefined || prompt.includes(line.match));
      const at = left.findIndex((entry) => fits(entry.line));
      const found = left[at];
      if (found === undefined) return undefined;
      found.times -= 1;
      if (found.times <= 0) left.splice(at, 1);
      return found.line;
    },
  };
}
