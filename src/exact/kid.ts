import type { ChildProcess } from 'node:child_process';
import { Fault } from '../core/fault.ts';
import { hearLines } from './lines.ts';
import { residentBytes } from './memory.ts';
import type { Job, Line } from './wire.ts';

export type Limits = {
  /** Milliseconds a whole job may take. */
  readonly jobMs: number;
  /** Milliseconds one engine may take on one file. */
  readonly engineMs: number;
  /** Resident bytes at which the child is killed. */
  readonly bytes: number;
  /** How often its memory is looked at. */
  readonly lookMs: number;
};

export type Answer = Exclude<Line, { is: 'engine' }>;

/** One child process as its parent sees it. After any fault it is dead and must not be used again. */
export type Kid = {
  work(job: Job, signal: AbortSignal): Promise<Answer>;
  alive(): boolean;
  /** Jobs it has begun. */
  jobs(): number;
  bytes(): Promise<number>;
  /** Kills it and waits until it is gone. */
  end(): Promise<void>;
};

type Watch = { readonly line: (line: Line) => void; readonly broken: (why: string) => void };

/** Takes charge of a freshly launched child. */
export function makeKid(child: ChildProcess, limits: Limits): Kid {
  let watch: Watch | undefined;
  let gone = false;
  let jobs = 0;
  const left = new Promise<void>((resolve) => {
    const leave = (why: string): void => {
      gone = true;
      watch?.broken(why);
      resolve();
    };
    child.once('error', (error) => leave(`could not be started: ${error.message}`));
    child.once('close', (code, sign) => leave(`ended by itself (${sign ?? `code ${code}`})`));
  });
  const kill = (): void => void child.kill('SIGKILL');
  child.stdin?.on('error', kill);
  if (child.stdout !== null)
    hearLines(child.stdout, {
      line: (line) => watch?.line(line),
      garbage: (why) => watch?.broken(why) ?? kill(),
    });
  return {
    alive: () => !gone && !child.killed,
    jobs: () => jobs,
    bytes: () => residentBytes(child.pid ?? 0),
    end: () => (kill(), left),
    work: (job, signal) => {
      jobs += 1;
      const talk = { job, limits, signal, bytes: () => residentBytes(child.pid ?? 0) };
      const answer = awaitAnswer(talk, (to) => (watch = to));
      child.stdin?.write(`${JSON.stringify(job)}\n`);
      return answer
        .catch((thrown: unknown) => (kill(), Promise.reject(thrown)))
        .finally(() => (watch = undefined));
    },
  };
}

type Talk = {
  readonly job: Job;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly bytes: () => Promise<number>;
};

function awaitAnswer(talk: Talk, listen: (watch: Watch) => void): Promise<Answer> {
  const { job, limits, signal } = talk;
  const stops: (() => void)[] = [];
  const answer = new Promise<Answer>((resolve, reject) => {
    const broken = (why: string): void => reject(new Fault('gate_broken', sentence(job, why)));
    const cancel = (): void =>
      reject(new Fault('cancelled', `${title(job)} was cancelled before it was done.`));
    // It may have been cancelled while the child was being started.
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    stops.push(() => signal.removeEventListener('abort', cancel));
    const clock = engineClock(limits.engineMs, broken);
    const whole = setTimeout(
      () => broken(`ran longer than ${seconds(limits.jobMs)}`),
      limits.jobMs,
    );
    const look = setInterval(() => {
      void talk
        .bytes()
        .then(
          (bytes) =>
            bytes > limits.bytes && broken(`took more than ${Math.round(limits.bytes / 1e6)} MB`),
        );
    }, limits.lookMs);
    stops.push(
      () => clock.stop(),
      () => clearTimeout(whole),
      () => clearInterval(look),
    );
    listen({
      broken,
      line: (line) => {
        if (line.id !== job.id) broken('answered a job it was not given');
        else if (line.is === 'engine') clock.mark(line.name, line.on);
        else resolve(line);
      },
    });
  });
  return answer.finally(() => stops.forEach((stop) => stop()));
}

/** An engine that spins cannot be stopped from within its process, so it is timed from here. */
function engineClock(
  ms: number,
  broken: (why: string) => void,
): { mark(name: string, on: boolean): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    stop: () => clearTimeout(timer),
    mark: (name, on) => {
      clearTimeout(timer);
      if (on)
        timer = setTimeout(
          () => broken(`was stopped because ${name} ran longer than ${seconds(ms)}`),
          ms,
        );
    },
  };
}

function title({ work }: Job): string {
  if (work.is === 'read') return 'The reading of a document';
  if (work.is === 'secrets') return 'The search for secrets';
  return work.is === 'run' ? `The program ${work.program}` : `The ${work.gate} check`;
}

function sentence(job: Job, why: string): string {
  return `${title(job)} ${why}; nothing was passed. Send fewer or simpler files, or look at the file by hand.`;
}

function seconds(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}
