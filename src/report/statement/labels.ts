/**
 * Names for what the record knows by marks alone. They are no part of the record: the practice stands for them with its
 * signature under the whole page.
 */
export type Labels = {
  readonly client: string;
  readonly practice: string;
  /** Kinds of work by id, e.g. `Harden a plugin`. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Specialists by id. */
  readonly personas: ReadonlyMap<string, string>;
  /** People by id. */
  readonly people: ReadonlyMap<string, string>;
};

/** The name of a person, or honest words where none is known any more. */
export function nameOf({ people }: Labels, id: string): string {
  return people.get(id) ?? 'a person whose name was erased';
}

export function kindOf({ kinds }: Labels, id: string): string {
  return kinds.get(id) ?? id;
}

export function personaOf({ personas }: Labels, id: string): string {
  return id === 'human' ? 'A person' : (personas.get(id) ?? id);
}

/** Labels in which no amount of money stands: on a page of a statement every one is a figure of the record. */
export function withoutMoney({ client, practice, kinds, personas, people }: Labels): Labels {
  return {
    client: moneyless(client),
    practice: moneyless(practice),
    kinds: mapped(kinds),
    personas: mapped(personas),
    people: mapped(people),
  };
}

function mapped(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].map(([id, name]) => [id, moneyless(name)]));
}

function moneyless(name: string): string {
  return name.replace(/[$€£¥](?=\s?[0-9])/g, '');
}
