import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, onDatabase } from '../../src/embedded/database.ts';

/** The superuser of the run's Postgres. */
export function adminUrl(): string {
  const url = process.env['AIOS_TEST_ADMIN_URL'];
  if (url === undefined)
    throw new Error(
      'AIOS_TEST_ADMIN_URL is not set: run through jest, whose global setup starts Postgres.',
    );
  return url;
}

export type FreshDatabase = {
  readonly name: string;
  /** The superuser on this database. */
  readonly url: string;
  drop(): Promise<void>;
};

/** A database of its own for one suite: empty, or a copy of a template. Call `drop` in afterAll. */
export async function freshDatabase(template?: string): Promise<FreshDatabase> {
  const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`;
  await createDatabase(adminUrl(), name, template === undefined ? {} : { template });
  return { name, url: onDatabase(adminUrl(), name), drop: () => dropDatabase(adminUrl(), name) };
}
