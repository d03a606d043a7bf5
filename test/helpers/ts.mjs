/** `node --import ./test/helpers/ts.mjs file.ts` runs TypeScript as it stands. */
import { register } from 'node:module';

register('./ts-hooks.mjs', import.meta.url);
