import { resolve } from 'node:path';
import { loadLibrary } from '../../dist/library/load.js';

/** Run as a process of its own: prints how long the classifier took to train, in ms, cold as at a start of the program. */
const { rules } = await loadLibrary(resolve('rules'), resolve('personas'));
const before = performance.now();
rules.classify('format the page', 1);
process.stdout.write(String(performance.now() - before));
