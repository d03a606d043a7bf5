import { expect, test } from '@jest/globals';
import { makeLog } from '../../src/telemetry/log.ts';

function lines(format: 'json' | 'text', ...sentences: string[]): string[] {
  const written: string[] = [];
  const log = makeLog({ format, write: (line) => void written.push(line) });
  for (const sentence of sentences) log(sentence);
  return written;
}

test('for people a sentence is one line with its time, whatever it holds', () => {
  const [line = ''] = lines('text', 'The relay pauses: first\n2026-01-01T00:00:00.000Z second');
  expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z The relay pauses: first \| 2026/);
  expect(line.trimEnd()).not.toContain('\n');
});

test('for machines it is one JSON object a line', () => {
  const [line = ''] = lines('json', 'A "quoted"\nsentence');
  expect(JSON.parse(line)).toMatchObject({ says: 'A "quoted"\nsentence', program: 'aios' });
  expect(line.trimEnd()).not.toContain('\n');
});
