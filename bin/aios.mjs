#!/usr/bin/env node
/**
 * The command `aios`. In a checkout it first brings dist/ up to date with src/; where only dist/ was shipped, or
 * the compiler was left out (npm install --omit=dev), it runs what is there.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => new URL(path, import.meta.url);
const there = (path) => existsSync(fileURLToPath(at(path)));
const MAIN = '../dist/cli/main.js';

/** True when the failure is only that the compiler is not installed. */
const noCompiler = (error) =>
  error?.code === 'ERR_MODULE_NOT_FOUND' && /'(?:@swc\/core|esbuild)'/.test(String(error.message));

async function bringUpToDate() {
  if (!there('../src') || !there('../scripts/build.mjs')) return;
  const { build } = await import(at('../scripts/build.mjs').href);
  try {
    await build();
  } catch (error) {
    if (!noCompiler(error) || !there(MAIN)) throw error;
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `AIOS needs Node 20.19 or newer and got ${process.versions.node}. Install a newer Node (https://nodejs.org) and run the command again.`,
  );
  process.exit(1);
}

try {
  await bringUpToDate();
} catch (error) {
  const next = noCompiler(error)
    ? 'Run "npm install" in the checkout (it brings @swc/core), then try again.'
    : 'Mend what it names, then try again.';
  console.error(`AIOS could not be built from src/: ${error.message}\n${next}`);
  process.exit(1);
}

process.setSourceMapsEnabled(true);
const { run } = await import(at(MAIN).href);
const code = await run(process.argv.slice(2));
if (typeof code === 'number') process.exitCode = code;
