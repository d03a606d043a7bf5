import { makePatientFetch } from './patient-fetch.ts';
import { retryAfterMs, statusFault, type ServerWords } from './server-fault.ts';

/** Fetches for the Ollama client, one per call. */
export type LocalFetch = {
  /** A fetch that also aborts with `signal` and throws a Fault for every status that is not ok. */
  readonly call: (words: ServerWords, signal: AbortSignal) => typeof fetch;
  readonly close: () => Promise<void>;
};

/** Refused answers never reach the client, which would print them to the console. */
export function makeLocalFetch(replaced?: typeof fetch): LocalFetch {
  const patient = makePatientFetch(replaced);
  return {
    call: (words, signal) => async (input, init) => {
      const own = init?.signal ?? undefined;
      const joined = own === undefined ? signal : AbortSignal.any([signal, own]);
      const response = await patient.fetch(input, { ...init, signal: joined });
      if (response.ok && !isHtml(response)) return response;
      const says = isHtml(response)
        ? 'a web page, probably from a proxy'
        : await errorWords(response);
      await response.body?.cancel().catch(() => undefined);
      throw statusFault(words, {
        status: response.ok ? 502 : response.status,
        says,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
      });
    },
    close: patient.close,
  };
}

function isHtml(response: Response): boolean {
  return response.headers.get('content-type')?.includes('text/html') ?? false;
}

/** The `error` of Ollama's error document, or undefined. */
async function errorWords(response: Response): Promise<string | undefined> {
  const read: unknown = await response.json().catch(() => undefined);
  if (typeof read !== 'object' || read === null || !('error' in read)) return undefined;
  return typeof read.error === 'string' ? read.error : undefined;
}
