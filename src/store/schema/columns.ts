import { customType, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A moment to the millisecond; code sees epoch ms. */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
