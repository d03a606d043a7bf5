import type { FileInfo } from '../human/protocol.ts';
import type { Api } from './api.ts';
import { h, hidden, icon } from './dom.ts';
import { sizeName } from './files.ts';

interface Attached {
  readonly ready: Promise<FileInfo | undefined>;
  readonly chip: HTMLElement;
}

/** The files waiting to go out with one message. */
export interface Attachments {
  readonly node: HTMLElement;
  readonly add: (files: Iterable<File>) => void;
  /** Waits for the uploads and gives their ids. */
  readonly ids: () => Promise<readonly string[]>;
  readonly clear: () => void;
  readonly count: () => number;
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Uploads at once when a file is added, so that sending is quick; each file is a chip with a way out. */
export function makeAttachments(api: () => Api, told: (sentence: string) => void): Attachments {
  const node = h('ul', { class: 'chips', role: 'list', 'aria-label': 'Attached files' });
  let all: readonly Attached[] = [];
  const keep = (next: readonly Attached[]): void => {
    all = next;
    node.hidden = all.length === 0;
    node.replaceChildren(...all.map(({ chip }) => chip));
  };
  const drop = (chip: HTMLElement): void => keep(all.filter((one) => one.chip !== chip));
  const upload = async (file: File, chip: HTMLElement): Promise<FileInfo | undefined> => {
    try {
      const info = await api().upload(file);
      chip.querySelector('.note')?.replaceChildren(sizeName(info.size));
      return info;
    } catch (error) {
      drop(chip);
      told(`${file.name} was not attached. ${reason(error)}`);
      return undefined;
    }
  };
  const addOne = (file: File): void => {
    const chip = chipOf(file, () => drop(chip));
    keep([...all, { chip, ready: upload(file, chip) }]);
  };
  keep([]);
  return {
    node,
    add: (files) => [...files].forEach(addOne),
    ids: async () => {
      const ready = await Promise.all(all.map((one) => one.ready));
      return ready.flatMap((info) => (info === undefined ? [] : [info.id]));
    },
    clear: () => keep([]),
    count: () => all.length,
  };
}

function chipOf(file: File, drop: () => void): HTMLElement {
  const away = { type: 'button', class: 'btn quiet', click: drop };
  return h(
    'li',
    {},
    icon('file'),
    h('span', { class: 'file-name' }, file.name),
    h('span', { class: 'note' }, 'uploading…'),
    h('button', away, icon('close'), hidden(`Remove ${file.name}`)),
  );
}
