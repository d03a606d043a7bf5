/** The success criteria the engines speak of: WCAG 2.2, and 4.1.1, which 2.2 took out. https://www.w3.org/TR/WCAG22/ */
export type Criterion = {
  readonly title: string;
  readonly level: 'A' | 'AA' | 'AAA' | 'removed in 2.2';
  readonly matters: string;
};

const of = (title: string, level: Criterion['level'], matters: string): Criterion => ({
  title,
  level,
  matters,
});

export const CRITERIA: Readonly<Record<string, Criterion>> = {
  '1.1.1': of(
    'Non-text Content',
    'A',
    'People who cannot see the picture hear nothing, or a file name, where its meaning should be.',
  ),
  '1.2.1': of(
    'Audio-only and Video-only',
    'A',
    'People who cannot hear or see the recording get none of it.',
  ),
  '1.2.2': of('Captions', 'A', 'Deaf people get nothing of what is said.'),
  '1.2.3': of('Audio Description or Alternative', 'A', 'Blind people miss what is only shown.'),
  '1.2.5': of('Audio Description', 'AA', 'Blind people miss what is only shown.'),
  '1.3.1': of(
    'Info and Relationships',
    'A',
    'What the eye sees as a heading, list, label or table is lost to a screen reader when the code does not say it.',
  ),
  '1.3.4': of('Orientation', 'AA', 'People whose device is fixed to a wheelchair cannot turn it.'),
  '1.3.5': of(
    'Identify Input Purpose',
    'AA',
    'Browsers cannot fill the field in for people to whom typing is hard.',
  ),
  '1.4.1': of(
    'Use of Color',
    'A',
    'People who do not see the color difference cannot tell the link from the text.',
  ),
  '1.4.2': of('Audio Control', 'A', 'Sound that starts by itself drowns the screen reader.'),
  '1.4.3': of(
    'Contrast (Minimum)',
    'AA',
    'People with low vision, and everybody in bright light, cannot read the text.',
  ),
  '1.4.4': of('Resize Text', 'AA', 'People who need larger text cannot zoom in.'),
  '1.4.12': of(
    'Text Spacing',
    'AA',
    'People who widen the spacing in order to read are stopped from doing so.',
  ),
  '2.1.1': of('Keyboard', 'A', 'People who use no mouse cannot get there.'),
  '2.2.1': of('Timing Adjustable', 'A', 'The page moves on before slow readers are done.'),
  '2.4.2': of(
    'Page Titled',
    'A',
    'The title is the first thing a screen reader says and the only thing a tab shows.',
  ),
  '2.4.4': of(
    'Link Purpose (In Context)',
    'A',
    'People who move from link to link hear no hint of where this one goes.',
  ),
  '2.4.7': of('Focus Visible', 'AA', 'Keyboard users cannot see where they are.'),
  '2.5.3': of(
    'Label in Name',
    'A',
    'People who speak to their computer say the words they see, and nothing happens.',
  ),
  '2.5.8': of(
    'Target Size (Minimum)',
    'AA',
    'People with unsteady hands press the neighbor instead.',
  ),
  '3.1.1': of(
    'Language of Page',
    'A',
    'A screen reader reads the page with the wrong voice, which nobody understands.',
  ),
  '3.1.2': of('Language of Parts', 'AA', 'A screen reader reads this part with the wrong voice.'),
  '4.1.1': of(
    'Parsing',
    'removed in 2.2',
    'A label, link or script that means one of them may reach the other.',
  ),
  '4.1.2': of(
    'Name, Role, Value',
    'A',
    'A screen reader says "button" or "edit" and nothing about what it is for.',
  ),
};
