/** Stops what global-setup.ts started; a Postgres that was given is left as it is. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.aiosTestPostgres?.stop();
}
