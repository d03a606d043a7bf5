/** Ids in the order they came in, in 24 to 48 bytes each: a set of texts needs several times that. */
export type IdTable = {
  /** The place of a new id, from 0 on; -1 for one that is there already. Expects a UUID in small letters. */
  add(id: string): number;
  /** The place of an id; -1 for one that is not there. */
  find(id: string): number;
};

/** The 128 bits of an id. */
const WORDS = 4;
const FIRST_SLOTS = 1_024;

/** Opens an empty table: a hash table with open addressing in two typed arrays. */
export function makeIdTable(): IdTable {
  // A slot holds a place + 1, so that 0 means empty; at most half of the slots are in use.
  let slots = new Int32Array(FIRST_SLOTS);
  let ids = new Int32Array((FIRST_SLOTS / 2) * WORDS);
  let size = 0;
  const key = new Int32Array(WORDS);

  /** The slot that holds these words, or the empty one where they belong. */
  function slotOf(words: Int32Array, at: number): number {
    const mask = slots.length - 1;
    let slot = mixed(words, at) & mask;
    while (slots[slot] !== 0 && !isSame(((slots[slot] ?? 0) - 1) * WORDS, words, at))
      slot = (slot + 1) & mask;
    return slot;
  }

  function isSame(place: number, words: Int32Array, at: number): boolean {
    for (let i = 0; i < WORDS; i += 1) if (ids[place + i] !== words[at + i]) return false;
    return true;
  }

  function grow(): void {
    const more = new Int32Array(ids.length * 2);
    more.set(ids);
    ids = more;
    slots = new Int32Array(slots.length * 2);
    for (let place = 0; place < size; place += 1) slots[slotOf(ids, place * WORDS)] = place + 1;
  }

  return {
    add(id) {
      read(id, key);
      if ((size + 1) * 2 > slots.length) grow();
      const slot = slotOf(key, 0);
      if (slots[slot] !== 0) return -1;
      ids.set(key, size * WORDS);
      size += 1;
      slots[slot] = size;
      return size - 1;
    },
    find(id) {
      read(id, key);
      return (slots[slotOf(key, 0)] ?? 0) - 1;
    },
  };
}

/** Half of a UUID v7 is time, so its random half is mixed into every bit. */
function mixed(words: Int32Array, at: number): number {
  const time = Math.imul((words[at] ?? 0) ^ (words[at + 1] ?? 0), 0xc2b2ae35);
  const random = Math.imul(
    (words[at + 3] ?? 0) ^ Math.imul(words[at + 2] ?? 0, 0x9e3779b1),
    0x85ebca6b,
  );
  const all = Math.imul(random ^ (random >>> 13) ^ time, 0x27d4eb2f);
  return all ^ (all >>> 15);
}

const DASH = 45;
const NINE = 57;
const TEN_BELOW_A = 87;

/** The 32 hex digits of a UUID as four words. */
function read(id: string, into: Int32Array): void {
  let digits = 0;
  let word = 0;
  for (let i = 0; i < id.length && digits < 32; i += 1) {
    const code = id.charCodeAt(i);
    if (code === DASH) continue;
    word = (word << 4) | (code <= NINE ? code - 48 : code - TEN_BELOW_A);
    digits += 1;
    if (digits % 8 === 0) into[digits / 8 - 1] = word;
  }
}
