import { describe, expect, test } from '@jest/globals';
import { outgoing } from '../../../src/workspace/page/outgoing.ts';

const person = (id: string, name: string) =>
  ({ id, name, real_name: name, role: 'colleague', title: '' }) as const;
const channel = (id: string, name: string) =>
  ({ id, name, kind: 'channel', members: [], external: false, topic: '' }) as const;
const names = {
  people: [person('U0AIOS', 'aios'), person('U1', 'ana'), person('U2', 'ana-lena')],
  channels: [channel('C1', 'acme'), channel('C2', 'acme-review')],
};
const text = (typed: string): string => outgoing(typed, names).text;

describe('what was typed', () => {
  test('names become mentions, also before punctuation, the longest name first', () => {
    expect(text('@aios, ask @Ana-Lena in #acme-review. Thanks @ana.')).toBe(
      '<@U0AIOS>, ask <@U2> in <#C2>. Thanks <@U1>.',
    );
  });

  test('unknown names, addresses of mail and pages stay as typed', () => {
    const typed = 'me@aios.example https://a.example/@aios @anabel #nine <b> & c';
    expect(text(typed)).toBe(typed);
  });

  test('a leading slash and a word is a command; a path is not', () => {
    expect(outgoing(' /aios new  audit the site ', names)).toEqual({
      kind: 'command',
      command: '/aios',
      text: 'new  audit the site',
    });
    expect(outgoing('/usr/bin is a path', names).kind).toBe('message');
  });
});
