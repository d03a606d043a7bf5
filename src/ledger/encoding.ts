/**
 * Reads standard base64 with padding (RFC 4648 section 4). Throws Error for anything that would not be written that
 * way again, stray bits of the last character too: a signature must not have two spellings.
 */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text)
    throw new Error(`expected standard base64, got ${shown(text)}`);
  return bytes;
}

/** Reads ASCII digits without leading zeros. Throws Error for anything else and beyond 2^53 - 1. */
export function fromDecimal(text: string): number {
  const number = Number(text);
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text) || !Number.isSafeInteger(number))
    throw new Error(`expected a whole number without leading zeros, got ${shown(text)}`);
  return number;
}

const SHOWN_CHARS = 80;

/** What came, quoted and cut, for the sentence of an error. */
export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
}
