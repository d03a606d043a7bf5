import { askFor, countWords, endingOf, slug, stemOf, type Reading, type Work } from '../reading.ts';

const ASKING =
  /^(?:please\s+)?(?:can you\s+|could you\s+)?(?:draft|write|prepare|make|give)\s+(?:me\s+|us\s+)?(?:a|an|the|our|this)?\s*(?:short\s+|new\s+)?(?:blog\s*)?(?:post|article|draft|text|piece)?\s*(?:about|on|for|from|of)?\s*:?\s*/i;
const POINT = /^\s*(?:\d+[.)]|[-*+]|#{2,})\s+(.+)$/;

type Outline = {
  readonly title: string;
  readonly points: readonly string[];
  readonly link: string | undefined;
};

/** A short article in Markdown: one section for each point of the outline, in the outline's own words. */
export function article(reading: Reading): Work {
  const outline = outlineOf(reading);
  if (outline === undefined) return askFor('What is the post about, and who reads it?');
  const text = [
    `# ${outline.title}`,
    opening(outline),
    ...outline.points.map(section),
    closing(outline),
  ].join('\n\n');
  return {
    files: [{ name: reading.fileName ?? `${slug(outline.title) || 'post'}.md`, text: `${text}\n` }],
    questions: [],
    assumptions: ['Nothing is claimed that the outline does not say.'],
    minutes: 30 + 15 * outline.points.length,
  };
}

function outlineOf(reading: Reading): Outline | undefined {
  const source = reading.files.find((file) => ['md', 'txt'].includes(endingOf(file.name)));
  const text = source?.text ?? reading.request;
  const heading = /^# (.+)$/m.exec(text)?.[1] ?? topicOf(reading.request);
  const title = tidyTitle(heading ?? (source === undefined ? undefined : stemOf(source.name)));
  if (title === undefined) return undefined;
  const points = text.split('\n').flatMap((line) => POINT.exec(line)?.[1] ?? []);
  return {
    title,
    points: points.length > 0 ? points.slice(0, 8) : defaultPoints(title),
    link: /https:\/\/[^\s)>"']+/.exec(text)?.[0],
  };
}

function topicOf(request: string): string | undefined {
  const topic = (request.split('\n')[0] ?? '')
    .replace(/#\S+|<@\w+>/g, ' ')
    .trim()
    .replace(ASKING, '');
  return countWords(topic) > 0 ? topic : undefined;
}

function tidyTitle(words: string | undefined): string | undefined {
  const bare = words
    ?.replace(/^(?:outline|draft)\s*:\s*/i, '')
    .replace(/[.!?:\s]+$/, '')
    .trim();
  return bare === undefined || bare === ''
    ? undefined
    : capital(bare.split(/\s+/).slice(0, 12).join(' '));
}

function defaultPoints(title: string): string[] {
  return [
    `What ${lower(title)} means for you: the short answer`,
    'How to begin: one small step',
    'Where people get stuck: and what helps',
  ];
}

function opening({ title, points }: Outline): string {
  const count =
    points.length === 1 ? 'One thing matters' : `${capital(inWords(points.length))} things matter`;
  return `This post is about one topic: ${lower(title)}. ${count} most, and each has a section of its own.`;
}

const LEADS = ['In short', 'What matters here', 'The plain answer', 'Put simply'];
const ENDS = [
  'Take your time with it, and ask when something is unclear.',
  'Nobody gets everything right on the first day.',
  'A small step is enough to begin with.',
];
const BARE = 'This is a fair question, and the answer is calmer than most people expect.';

/** `Why it feels odd: clay moves, and that is normal.` becomes a heading and a paragraph; notes to the writer are left out. */
function section(point: string, i: number): string {
  const [head = point, ...rest] = point.split(/:\s+/);
  const said = rest
    .join(': ')
    .replace(/(?:^|\.\s+)(?:link to|mention|see)\b[^.]*\.?/gi, '.')
    .replace(/[.;\s]+$/, '');
  const body = said === '' ? BARE : `${LEADS[i % LEADS.length]}: ${lower(said)}.`;
  return `## ${capital(head.replace(/[.;\s]+$/, ''))}\n\n${body} ${ENDS[i % ENDS.length]}`;
}

function closing({ link }: Outline): string {
  const more =
    link === undefined
      ? 'Write to us if you would like to know more.'
      : `You can read more on [our page about it](${link}).`;
  return `## What to do next\n\nPick the part that matters to you and start there. ${more}`;
}

function inWords(count: number): string {
  return (
    ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][count] ?? String(count)
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Lower-cases the first letter unless the word is a name in capitals or the word "I". */
function lower(text: string): string {
  return /^(?:I\b|\p{Lu}{2,}|\p{Lu}\p{Ll}+\p{Lu})/u.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
