import type { FileInfo } from '../human/protocol.ts';
import { h, hidden, icon } from './dom.ts';
import { scrolling } from './prose.ts';

/** Above this a preview is cut; the download is always whole. */
const PREVIEW_CHARACTERS = 20_000;
const TEXTS = /^text\/|json|xml|yaml|javascript|typescript|x-php/;
const ENDINGS = /\.(md|markdown|txt|csv|json|ya?ml|html?|css|m?js|ts|php|diff|patch|log|svg)$/i;

/** A size as people say it. */
export function sizeName(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

const isText = (file: FileInfo): boolean => TEXTS.test(file.mimetype) || ENDINGS.test(file.name);

async function previewOf(file: FileInfo): Promise<HTMLElement> {
  const response = await fetch(file.url).catch(() => undefined);
  if (response === undefined || !response.ok) {
    return h('p', { class: 'error' }, 'The file could not be read. Try the download.');
  }
  const text = await response.text();
  const cut = text.length > PREVIEW_CHARACTERS;
  return h(
    'div',
    {},
    scrolling(`Preview of ${file.name}`, h('pre', {}, text.slice(0, PREVIEW_CHARACTERS))),
    cut
      ? h(
          'p',
          { class: 'hint' },
          `The first ${PREVIEW_CHARACTERS} characters. Download for the rest.`,
        )
      : null,
  );
}

function previewButton(file: FileInfo, into: HTMLElement): HTMLElement {
  const button = h(
    'button',
    { type: 'button', class: 'btn quiet', 'aria-expanded': 'false' },
    icon('eye'),
    'Preview',
    hidden(` ${file.name}`),
  );
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    if (!open) into.replaceChildren();
    else void previewOf(file).then((preview) => into.replaceChildren(preview));
  });
  return button;
}

/** One file of a message: name, size, download, and for text a preview as plain characters. */
export function fileCard(file: FileInfo): HTMLElement {
  const into = h('div', { class: 'preview' });
  const download = { class: 'btn quiet', href: file.url, download: file.name };
  return h(
    'div',
    { class: 'file' },
    h(
      'div',
      { class: 'file-line' },
      icon('file'),
      h('span', { class: 'file-name' }, file.title || file.name),
      h('span', { class: 'note' }, sizeName(file.size)),
      h(
        'span',
        { class: 'row' },
        isText(file) ? previewButton(file, into) : null,
        h('a', download, icon('down'), 'Download', hidden(` ${file.name}`)),
      ),
    ),
    into,
  );
}
