import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSeatClients } from '../../src/lanes/seat-clients.ts';
import type { SeatClient } from '../../src/lanes/seat-sdk.ts';

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
