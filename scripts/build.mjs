/**
 * Turns src/ into dist/: every .ts becomes a .js (types stripped, `./x.ts` imports become `./x.js`), every other
 * file is copied. What has not changed is not touched, and what has no source any more is removed.
 *
 * One file is joined of many: verifier/verify.mjs, which a client checks a statement with (see bundle-verifier.mjs).
 *
 * A stamp (dist/.stamp.json) remembers size, time and content hash of each source, so that a build with nothing to
 * do reads no file but the stamp. Each output is written beside its place and renamed, so that a program starting
 * while another builds never reads half a module.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleVerifier } from './bundle-verifier.mjs';

const here = fileURLToPath(import.meta.url);
const STAMP = '.stamp.json';
const PAGE = ['workspace', 'page', ''].join(sep);
const MAKERS = [here, fileURLToPath(new URL('bundle-verifier.mjs', import.meta.url))];

/** The file that is joined of many, and the source it begins with. */
const BUNDLE = join('verifier', 'verify.mjs');
const BUNDLE_ENTRY = join('verifier', 'main.ts');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every file below `folder`, as paths relative to it; none when the folder does not exist. */
async function filesBelow(folder) {
  const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

async function readStamp(out) {
  try {
    return JSON.parse(await readFile(join(out, STAMP), 'utf8'));
  } catch {
    return { maker: '', sources: {}, bundle: {} };
  }
}

async function writeWhole(path, bytes) {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}

/** The files one source yields. The page ships without source maps: they would tell a browser where it was built. */
function outputsOf(source) {
  if (source.endsWith('.d.ts')) return [];
  if (!source.endsWith('.ts')) return [source];
  const js = source.replace(/\.ts$/, '.js');
  return source.startsWith(PAGE) ? [js] : [js, `${js}.map`];
}

async function transpile(text, { source, src, out }) {
  const { transform } = await import('@swc/core');
  const [js, map] = outputsOf(source);
  const made = await transform(text, {
    configFile: false,
    swcrc: false,
    filename: join(src, source),
    sourceFileName: relative(dirname(join(out, js)), join(src, source)),
    sourceMaps: map !== undefined,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      rewriteRelativeImportExtensions: true,
    },
    module: { type: 'es6' },
  });
  if (map === undefined) return [[js, made.code]];
  const pointer = `//# sourceMappingURL=${map.split(sep).pop()}\n`;
  return [
    [js, made.code + pointer],
    [map, made.map],
  ];
}

async function make(bytes, place) {
  if (!place.source.endsWith('.ts')) return [[place.source, bytes]];
  return outputsOf(place.source).length === 0 ? [] : transpile(bytes.toString('utf8'), place);
}

/** The stamp line of one source, made anew only when size or time differ from the line we have. */
async function look(path, before) {
  const { size, mtimeMs } = await stat(path);
  if (before?.size === size && before.mtimeMs === mtimeMs) return { line: before };
  const bytes = await readFile(path);
  return { bytes, line: { size, mtimeMs, sha256: sha256(bytes) } };
}

/**
 * Joins the verifier anew when one of the sources it was made of differs. `bundle` is what the stamp says of it: those
 * sources with their hashes.
 */
async function joinVerifier({ src, out, now, bundle, there }) {
  if (!(BUNDLE_ENTRY in now)) return { made: 0, bundle: {} };
  const same = Object.entries(bundle).every(([source, hash]) => now[source]?.sha256 === hash);
  if (there && same && Object.keys(bundle).length > 0) return { made: 0, bundle };
  const { text, inputs } = await bundleVerifier({
    entry: join(src, BUNDLE_ENTRY),
    top: dirname(src),
  });
  await writeWhole(join(out, BUNDLE), text);
  const sources = inputs.map((input) => relative(src, join(dirname(src), input)));
  return {
    made: 1,
    bundle: Object.fromEntries(sources.map((source) => [source, now[source]?.sha256 ?? ''])),
  };
}

/**
 * Brings dist/ up to date with src/.
 * @param {{src?: string, out?: string}} [places] folders; the checkout's own by default
 * @returns {Promise<{made: number, removed: number, ms: number}>} files written, files removed, time taken
 */
export async function build(places = {}) {
  const began = performance.now();
  const src = resolve(places.src ?? join(dirname(here), '..', 'src'));
  const out = resolve(places.out ?? join(dirname(here), '..', 'dist'));
  const maker = sha256(Buffer.concat(await Promise.all(MAKERS.map((path) => readFile(path)))));
  const [before, sources, outputs] = await Promise.all([
    readStamp(out),
    filesBelow(src),
    filesBelow(out),
  ]);
  const there = new Set(outputs);
  const known = before.maker === maker ? before.sources : {};
  const now = Object.fromEntries(sources.map((source) => [source, undefined]));
  let made = 0;
  await Promise.all(
    sources.map(async (source) => {
      const path = join(src, source);
      const { bytes, line } = await look(path, known[source]);
      now[source] = line;
      const complete = outputsOf(source).every((file) => there.has(file));
      if (complete && known[source]?.sha256 === line.sha256) return;
      const files = await make(bytes ?? (await readFile(path)), { source, src, out });
      for (const [file, content] of files) await writeWhole(join(out, file), content);
      made += files.length;
    }),
  );
  const joined = await joinVerifier({
    src,
    out,
    now,
    bundle: before.maker === maker ? (before.bundle ?? {}) : {},
    there: there.has(BUNDLE),
  });
  made += joined.made;
  const wanted = new Set([STAMP, BUNDLE, ...sources.flatMap(outputsOf)]);
  const stale = outputs.filter((file) => !wanted.has(file) && !file.endsWith('.new'));
  await Promise.all(stale.map((file) => rm(join(out, file), { force: true })));
  const stamp = JSON.stringify({ maker, sources: now, bundle: joined.bundle });
  if (stamp !== JSON.stringify(before)) await writeWhole(join(out, STAMP), stamp);
  return { made, removed: stale.length, ms: Math.round(performance.now() - began) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { made, removed, ms } = await build();
  console.log(`dist: ${made} written, ${removed} removed, ${ms} ms`);
}
