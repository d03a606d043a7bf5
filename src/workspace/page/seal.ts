import type { Person, Role } from '../human/protocol.ts';
import { h } from './dom.ts';

/** What a role is called on the page. */
export const ROLE: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  colleague: 'Colleague',
  guest: 'Client',
  stranger: 'Outside',
  bot: 'App',
};

/** The small square with initials beside a name; decoration only. */
export function seal(person: Person | undefined): HTMLElement {
  const words = (person?.real_name ?? '?').split(/\s+/);
  const initials = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : words[0];
  const text = person?.role === 'bot' ? 'AI' : (initials ?? '?').slice(0, 2);
  return h(
    'span',
    { class: `seal ${person?.role ?? ''}`, 'aria-hidden': 'true' },
    text.toUpperCase(),
  );
}
