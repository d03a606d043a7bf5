/**
 * Makes the one file a client checks a statement with: src/verifier/main.ts and everything it imports, joined by esbuild
 * and not made smaller, with the comments of the sources, because whoever is to trust it must be able to read it.
 */
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';

const HEAD = `/*
 * verify.mjs checks a work statement of AIOS, offline, with Node 20.19 or newer and nothing else.
 *
 *   node verify.mjs            in the folder with report.html and the other files
 *   node verify.mjs --help     says what else it can be given
 *
 * It reads the files of the statement and writes nothing. It opens no connection and starts no program: the only modules
 * it imports are node:crypto, node:fs, node:path and node:url.
 *
 * How to read it: this file is the sources of AIOS one after another, each under a line that names it, types left out.
 * Begin at the end, with src/verifier/verify.ts; what a bundle must be is checkBundle in src/ledger/bundle.ts. The formats
 * are RFC 6962 (the tree) and https://c2sp.org (signed-note, tlog-checkpoint), so that the same can be checked with
 * programs of others.
 *
 * A forger could ship a verifier that accepts everything. If you do not trust the bundle, take this file from a release of
 * AIOS instead, or compare the two.
 *
 * AIOS is licensed under the Apache License, Version 2.0.
 */
`;

/** esbuild keeps only comments that are marked as legal ones: all of them are, on the way through it. */
const marked = (text) => text.replace(/^(\s*)\/\*\*/gm, '$1/*!').replace(/^(\s*)\/\/ /gm, '$1//! ');
const unmarked = (text) => text.replaceAll('/*!', '/**').replaceAll('//! ', '// ');

const keepComments = {
  name: 'keep-comments',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: marked(await readFile(path, 'utf8')),
    }));
  },
};

const DANGLING = /\/\*\*(?:(?!\*\/)[^])*\*\/\n(?=\/\*\*|\n|\/\/ src\/)/g;

/** Leaves out comments whose type or function is not there, and sets apart what stands for itself. */
function readable(text) {
  let left = text;
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replace(DANGLING, '');
  }
  return left
    .split('\n')
    .flatMap((line, i, lines) => {
      const above = lines[i - 1] ?? '';
      const begins = /^(?:\/\*\*|\/\/ |(?:async )?function\*? |var \w+ = [^;]*$)/.test(line);
      return begins && above !== '' && !/^(?: \*\/|\/\*\*|\/\/)/.test(above) ? ['', line] : [line];
    })
    .join('\n');
}

/**
 * @param {{entry: string, top: string}} from the source to begin with; the folder its sections are named from
 * @returns {Promise<{text: string, inputs: string[]}>} the file, and the sources it is made of, from `top`
 */
export async function bundleVerifier({ entry, top }) {
  const { build } = await import('esbuild');
  const made = await build({
    absWorkingDir: top,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
    plugins: [keepComments],
    tsconfigRaw: '{}',
  });
  const inputs = Object.keys(made.metafile.inputs).map((path) =>
    relative('.', path).split(sep).join('/'),
  );
  return { text: `${HEAD}\n${readable(unmarked(made.outputFiles[0].text))}`, inputs };
}
