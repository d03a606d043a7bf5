import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSeatClients } from '../../src/lanes/seat-clients.ts';
import type { SeatClient, SeatSession } from '../../src/lanes/seat-sdk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-seat-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

/** Runtimes that only say by which token they were started and stopped. */
function runtimes() {
  const started: string[] = [];
  const stopped: string[] = [];
  const start = async (token: string): Promise<SeatClient> => {
    started.push(token);
    return { stop: async () => void stopped.push(token) } as unknown as SeatClient;
  };
  return { started, stopped, clients: makeSeatClients({ folder, start }) };
}

describe('calls on the seat', () => {
  test('use one runtime a token, and of idle ones only as many stay as may be at work', async () => {
    const { clients, started, stopped } = runtimes();
    for (const token of ['a', 'b', 'a', 'c']) await clients.call(token, never, async () => {});
    expect([started, stopped]).toEqual([['a', 'b', 'c'], ['b']]);
    await clients.close();
    expect(stopped.sort()).toEqual(['a', 'b', 'c']);
  });

  test('begin with a folder in which nothing of a killed session is left', async () => {
    const left = path.join(folder, 'session-state', 'one', 'events.jsonl');
    mkdirSync(path.dirname(left), { recursive: true });
    writeFileSync(left, 'material of a client');
    const { clients } = runtimes();
    await clients.call('a', never, async () => expect(existsSync(left)).toBe(false));
    await clients.close();
  });

  test('of a runtime that does not start end with its fault, and the next tries again', async () => {
    let tries = 0;
    const start = async (): Promise<SeatClient> => {
      tries += 1;
      if (tries === 1) throw new Error('no runtime');
      return { stop: async () => {} } as unknown as SeatClient;
    };
    const clients = makeSeatClients({ folder, start });
    await expect(clients.call('a', never, async () => 1)).rejects.toThrow('no runtime');
    expect(await clients.call('a', never, async () => 2)).toBe(2);
    await clients.close();
  });
});

describe('a session that is forgotten', () => {
  const hangs = () => new Promise<never>(() => {});
  const session = { sessionId: 'one', disconnect: async () => {} } as unknown as SeatSession;
  const ends: readonly [string, Partial<SeatClient>, Promise<SeatSession>, string[]][] = [
    ['goes, and its runtime stays', {}, Promise.resolve(session), ['stop']],
    ['was refused: its runtime stays', {}, Promise.reject(new Error('no')), ['stop']],
    [
      'will not be deleted: its runtime stays',
      { deleteSession: () => Promise.reject(new Error('busy')) },
      Promise.resolve(session),
      ['stop'],
    ],
    [
      'hangs when it is left: its runtime is killed',
      {},
      Promise.resolve({ ...session, disconnect: hangs }),
      ['kill', 'start', 'stop'],
    ],
    [
      'hangs when it is deleted: its runtime is killed',
      { deleteSession: hangs },
      Promise.resolve(session),
      ['kill', 'start', 'stop'],
    ],
    ['never opens: its runtime is killed', {}, hangs(), ['kill', 'start', 'stop']],
    [
      'goes, and a runtime that hangs at its own end is killed',
      { stop: hangs },
      Promise.resolve(session),
      ['kill'],
    ],
  ];
  test.each(ends)('%s, and nothing is left of it on disk', async (_name, ways, opened, seen) => {
    opened.catch(() => {});
    const told: string[] = [];
    const start = async (): Promise<SeatClient> => {
      told.push('start');
      return {
        stop: async () => void told.push('stop'),
        forceStop: async () => void told.push('kill'),
        deleteSession: async () => {},
        ...ways,
      } as unknown as SeatClient;
    };
    const clients = makeSeatClients({ folder, start, partingMs: 30 });
    const kept = path.join(folder, 'session-state', 'one', 'events.jsonl');
    await clients.call('a', never, async ({ forget }) => {
      mkdirSync(path.dirname(kept), { recursive: true });
      writeFileSync(kept, 'material of a client');
      await forget('one', opened);
    });
    expect(existsSync(path.dirname(kept))).toBe(false);
    await clients.call('a', never, async () => {});
    await clients.close();
    expect(told).toEqual(['start', ...seen]);
  });
});
