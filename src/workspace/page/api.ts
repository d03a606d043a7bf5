import type {
  Acted,
  Click,
  Close,
  FileInfo,
  Message,
  Messages,
  Opened,
  Refusal,
  RunShortcut,
  Said,
  Say,
  Slash,
  State,
  StreamEvent,
  Submit,
  Submitted,
  Uploaded,
  Who,
} from '../human/protocol.ts';

/** The server refused; the message is its sentence, fit to be shown. */
export class Refused extends Error {}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'sentence' in value;

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const body: unknown = await response.json().catch(() => undefined);
  if (isRefusal(body)) throw new Refused(body.sentence);
  throw new Refused(
    response.status === 401 || response.status === 403
      ? 'This page is no longer signed in. Open the address that "npm start" printed again.'
      : `The workspace answered ${response.status}. Look at the terminal where AIOS runs, then try again.`,
  );
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/human/${path}`, init).catch(() => {
    throw new Refused('The workspace cannot be reached. Is "npm start" still running?');
  });
  return answer<T>(response);
}

const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

type Mine<T> = Omit<T, 'as'>;

/** Everything one person can do here. Every function rejects with `Refused`. */
export interface Api {
  readonly state: () => Promise<State>;
  readonly messages: (channel: string) => Promise<readonly Message[]>;
  readonly say: (say: Mine<Say>) => Promise<Said>;
  readonly upload: (file: File) => Promise<FileInfo>;
  readonly click: (click: Mine<Click>) => Promise<Acted>;
  readonly submit: (submit: Mine<Submit>) => Promise<Submitted>;
  readonly close: (close: Mine<Close>) => Promise<Acted>;
  readonly slash: (slash: Mine<Slash>) => Promise<Acted>;
  readonly shortcut: (run: Mine<RunShortcut>) => Promise<Acted>;
  readonly openDm: (other: string) => Promise<Opened>;
  readonly messagesOpened: () => Promise<unknown>;
  /** Calls back for each event until the returned function is called; reconnects by itself. */
  readonly stream: (heard: (event: StreamEvent) => void, lost: () => void) => () => void;
}

/** The people one may be here. */
export const who = (): Promise<Who> => ask<Who>('who');

/** The workspace as one person uses it. */
export function makeApi(as: string): Api {
  const query = `as=${encodeURIComponent(as)}`;
  return {
    state: () => ask<State>(`state?${query}`),
    messages: async (channel) =>
      (await ask<Messages>(`messages?${query}&channel=${encodeURIComponent(channel)}`)).messages,
    say: (say) => post('say', { as, ...say }),
    upload: async (file) => {
      const name = encodeURIComponent(file.name);
      const sent = { method: 'POST', body: file };
      return (await ask<Uploaded>(`upload?${query}&name=${name}`, sent)).file;
    },
    click: (click) => post('click', { as, ...click }),
    submit: (submit) => post('submit', { as, ...submit }),
    close: (close) => post('close', { as, ...close }),
    slash: (slash) => post('slash', { as, ...slash }),
    shortcut: (run) => post('shortcut', { as, ...run }),
    openDm: (other) => post('open_dm', { as, with: other }),
    messagesOpened: () => post('home', { as, tab: 'messages' }),
    stream: (heard, lost) => {
      const source = new EventSource(`/human/stream?${query}`);
      source.addEventListener('message', (event: MessageEvent<string>) => {
        heard(JSON.parse(event.data) as StreamEvent);
      });
      source.addEventListener('error', lost);
      return () => source.close();
    },
  };
}
