import type { ConfirmationDialog } from '@slack/types';
import { h } from './dom.ts';
import { textObject } from './prose.ts';
import type { Directory } from './scene.ts';

/**
 * Asks with a native modal dialog; true when the person confirms. The focus starts on the safe answer and returns to
 * where it was. Escape means no.
 */
export function confirmed(directory: Directory, ask: ConfirmationDialog): Promise<boolean> {
  return new Promise((resolve) => {
    const deny = h(
      'button',
      { class: 'btn', value: 'no', autofocus: true },
      ask.deny?.text ?? 'Cancel',
    );
    const style = ask.style === 'danger' ? 'btn danger' : 'btn primary';
    const agree = h('button', { class: style, value: 'yes' }, ask.confirm?.text ?? 'Yes');
    const dialog = h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
      h(
        'form',
        { method: 'dialog' },
        h('h2', { id: 'confirm-title' }, ask.title?.text ?? 'Are you sure?'),
        h('div', { id: 'confirm-text' }, textObject(directory, ask.text)),
        h('div', { class: 'dialog-foot' }, deny, agree),
      ),
    );
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
