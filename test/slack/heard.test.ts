import { describe, expect, test } from '@jest/globals';
import { eventSchema, heardOf, isPersons, wordsOf } from '../../src/slack/heard.ts';

describe('the words of a message', () => {
  test.each([
    ['<@U0AIOS> do it', 'do it'],
    ['please <@U0AIOS|aios>: do it', 'please : do it'],
    ['ask <@U0ADA> &amp; me &lt;now&gt;', 'ask <@U0ADA> & me <now>'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['<https://a.example/x?y=1&amp;z=2>', 'https://a.example/x?y=1&z=2'],
    ['<https://a.example|the site>', 'the site (https://a.example)'],
    ['<https://a.example/|a.example>', 'https://a.example/'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['one\n\ntwo   three', 'one\n\ntwo three'],
    ['<@U0AIOS>', ''],
  ])('%s', (text, words) => {
    expect(wordsOf(text, 'U0AIOS')).toBe(words);
  });
});

describe('an event', () => {
  const body = {
    event_id: 'Ev1',
    team_id: 'T1',
    event: { user: 'U1', text: 'x', ts: '1.0', channel: 'C1' },
  };
  const read = (event: Record<string, unknown>) =>
    eventSchema.parse({ ...body, event: { ...body.event, ...event } });

  test('may name a file by its id alone, as in shared channels', () => {
    const { files } = heardOf(read({ files: [{ id: 'F1' }] }), 'mention', 'U0AIOS');
    expect(files).toEqual([{ id: 'F1', name: 'F1', size: 0, mime: 'application/octet-stream' }]);
  });

  test('at the root of its own thread stands in no thread', () => {
    expect(heardOf(read({ thread_ts: '1.0' }), 'mention', 'B').thread).toBeNull();
    expect(heardOf(read({ thread_ts: '0.5' }), 'mention', 'B').thread).toBe('0.5');
  });

  test('is a person’s when written, shared with a file or sent to the channel as well', () => {
    const by = (event: Record<string, unknown>) => isPersons(read(event).event, 'U0AIOS');
    expect([by({}), by({ subtype: 'file_share' }), by({ subtype: 'thread_broadcast' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      [
        { bot_id: 'B1' },
        { user: 'U0AIOS' },
        { user: undefined },
        { subtype: 'message_deleted' },
      ].map(by),
    ).toEqual([false, false, false, false]);
  });
});
