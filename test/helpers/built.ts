/** Brings dist/ up to date, so that a test that starts a process starts the one that ships. */
export async function built(): Promise<URL> {
  const script: string = '../../scripts/build.mjs';
  const { build } = (await import(script)) as { build: () => Promise<unknown> };
  await build();
  return new URL('../../dist/', import.meta.url);
}
