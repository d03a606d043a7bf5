import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verify } from './verify.ts';

const { says, code } = verify({
  words: process.argv.slice(2),
  own: dirname(fileURLToPath(import.meta.url)),
  here: process.cwd(),
});
console.log(says);
process.exitCode = code;
