/** What the browser remembers between visits: who one was, where, and what was read. Losing it costs nothing. */

const get = (key: string): string | null => {
  try {
    return localStorage.getItem(`aios ${key}`);
  } catch {
    return null;
  }
};

const set = (key: string, value: string): void => {
  try {
    localStorage.setItem(`aios ${key}`, value);
  } catch {
    return;
  }
};

export const lastPerson = (): string | null => get('person');
export const rememberPerson = (id: string): void => set('person', id);
export const lastChannel = (person: string): string | null => get(`channel ${person}`);
export const rememberChannel = (person: string, id: string): void => set(`channel ${person}`, id);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Up to which ts the person has read each conversation and thread. */
export function readMarks(person: string): ReadonlyMap<string, string> {
  const kept = parsed(get(`read ${person}`) ?? '{}');
  if (typeof kept !== 'object' || kept === null) return new Map();
  return new Map(
    Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

export function rememberRead(person: string, marks: ReadonlyMap<string, string>): void {
  set(`read ${person}`, JSON.stringify(Object.fromEntries(marks)));
}
