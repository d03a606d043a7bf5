import type { Readable } from 'node:stream';
import type { Line } from './wire.ts';

const MOST = 32 * 1024 * 1024;

export type Heard = {
  readonly line: (line: Line) => void;
  readonly garbage: (why: string) => void;
};

/** Reads the child's lines. What is no line of ours, or never ends, is garbage: the child is not to be trusted further. */
export function hearLines(stream: Readable, heard: Heard): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MOST) heard.garbage('wrote a line without end');
    for (const part of parts) {
      const line = readLine(part);
      if (line === undefined) heard.garbage('wrote something that is no answer');
      else heard.line(line);
    }
  });
}

function readLine(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'id' in value && typeof value.id === 'number' && 'is' in value && typeof value.is === 'string'
  );
}
