import type { Agent } from 'undici';

export type PatientFetch = { readonly fetch: typeof fetch; readonly close: () => Promise<void> };

/**
 * A fetch that waits as long as its signal lets it. undici's own timeouts are off, because the first token of a long prompt
 * may take longer than its 300 s and the job has a deadline of its own. `replaced` is for tests.
 */
export function makePatientFetch(replaced?: typeof fetch): PatientFetch {
  let agent: Agent | undefined;
  return {
    fetch: async (input, init) => {
      if (replaced !== undefined) return replaced(input, init);
      const undici = await import('undici');
      agent ??= new undici.Agent({ headersTimeout: 0, bodyTimeout: 0 });
      // The package's fetch and Node's are the same code with two sets of types.
      const patient = undici.fetch as unknown as (
        input: Parameters<typeof fetch>[0],
        init: RequestInit & { dispatcher: Agent },
      ) => Promise<Response>;
      return patient(input, { ...init, dispatcher: agent });
    },
    close: async () => agent?.destroy(),
  };
}
