import { describe, expect, test } from '@jest/globals';
import { ofTheDay, play, textIn } from '../play.ts';

const fixed = (persona: string, text: string, name = 'note.md') =>
  textIn(play({ persona, files: [{ name, text }] }));

describe('proofreading', () => {
  test('puts right the planted misspellings of the sample draft and nothing in its links', () => {
    const text = textIn(play({ persona: 'proofreader', files: [ofTheDay('blog/draft.md')] }));
    for (const wrong of [
      'suprise',
      'presure',
      'temprature',
      'recieve',
      'and and',
      'almost almost',
      'a old',
    ])
      expect(text).not.toContain(wrong);
    expect(text).toContain('https://acme-pottery.example/classes.html');
  });

  test.each([
    ['Teh clay.', 'The clay.'],
    ['I had had enough.', 'I had had enough.'],
    ['Keep `teh teh` and\n```\nteh teh\n```\n', '`teh teh`'],
    ['A user and a one-off.', 'A user and a one-off.'],
  ])('%s', (before, after) => expect(fixed('proofreader', before)).toContain(after));

  test('leaves markup, scripts and attributes of a page alone', () => {
    const page = '<p title="teh">Teh the the end</p><script>teh teh</script>';
    expect(fixed('proofreader', page, 'p.html')).toContain(
      '<p title="teh">The the end</p><script>teh teh</script>',
    );
  });

  test('takes a text pasted into the request', () => {
    const answer = play({
      persona: 'proofreader',
      request: 'Please check: we recieve about ten pots every week in may.',
    });
    expect(textIn(answer)).toContain('we receive about ten pots');
  });
});

describe('editing', () => {
  test.each([
    ['We utilise it in order to win.', 'We use it to win.'],
    ['It is important to note that nobody came.', 'Nobody came.'],
    [
      '[Click here](https://a.example/classes.html) to book.',
      '[Open the classes page](https://a.example/classes.html)',
    ],
  ])('%s', (before, after) => expect(fixed('editor', before)).toContain(after));
});
