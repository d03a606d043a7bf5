import { createHash } from 'node:crypto';
import { addVersion, attributionOf, newChain } from '../../dist/core/blame/blame.js';
import { diffLists } from '../../dist/report/diff.js';
import { gitAdded, gitBlame, openLine, WORD } from './repository.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const wordsIn = (text) => text.match(WORD) ?? [];

/**
 * One history, word by word: whom we name, whom `git blame -w -M -C` names by the line, and why they differ.
 *
 * - `agreed`: both name the same version.
 * - `kept`: git's own word diff says that the version which git blames for the line found this word there.
 * - `stood`: the run of words stood, word for word, in a version before the one that git blames.
 * - `part`: by our account the version that git blames wrote in this line, but not this word.
 * - `left`: none of these.
 */
export async function compare(versions) {
  const line = await openLine(versions);
  try {
    const blamed = await gitBlame(line, versions.at(-1).path);
    const { runs, ms } = ours(versions);
    const counts = { agreed: 0, kept: 0, stood: 0, part: 0, left: 0 };
    const why = reasons(line, versions);
    const lines = linesOf(versions.at(-1).text, runs, blamed);
    for (const [one, run] of lines.flatMap((one) => one.words.map((run) => [one, run])))
      for (const [reason, words] of await why(one, run)) counts[reason] += words;
    const words = Object.values(counts).reduce((sum, n) => sum + n, 0);
    return { versions: versions.length, words, ...counts, ms: Math.round(ms) };
  } finally {
    await line.close();
  }
}

/** Ours, each version an author of its own. */
function ours(versions) {
  const began = performance.now();
  const chain = newChain(diffLists, 'words');
  for (const [i, { path, text }] of versions.entries())
    addVersion(chain, { source: `${i}`, files: [{ name: path, sha256: sha256(text), text }] });
  const { sources, files } = attributionOf(chain);
  const runs = files[0].runs.map((run) => ({ ...run, version: Number(sources[run.source]) }));
  return { runs, ms: performance.now() - began };
}

/** Lines that hold words: whom git names, which versions wrote in it, and its words in runs of one version. */
function linesOf(text, runs, blamed) {
  const lines = [];
  let at = 0;
  let first = 0;
  for (const [number, line] of text.split('\n').entries()) {
    while (runs[first] !== undefined && runs[first].to <= at) first += 1;
    const inside = [];
    for (let i = first; i < runs.length && runs[i].from < at + line.length; i += 1)
      inside.push(runs[i]);
    const words = [];
    for (const found of line.matchAll(WORD)) {
      const { version } = inside.find(({ to }) => to > at + found.index);
      if (words.at(-1)?.version !== version)
        words.push({ version, words: [], from: words.reduce((n, run) => n + run.words.length, 0) });
      words.at(-1).words.push(found[0]);
    }
    if (words.length > 0)
      lines.push({
        git: blamed[number],
        wrote: new Set(inside.map((run) => run.version)),
        words,
      });
    at += line.length + 1;
  }
  return lines;
}

/** Gives for a run of words of a line how many of them agree or differ for which reason. */
function reasons(line, versions) {
  const folded = versions.map(({ text }) => fold(wordsIn(text)));
  const added = new Map();
  return async ({ git, wrote }, { version, words, from }) => {
    if (version === git.version) return [['agreed', words.length]];
    if (version > git.version) return [['left', words.length]];
    if (!added.has(git.version)) added.set(git.version, await gitAdded(line, git.version));
    const before = versions[git.version].text.split('\n').slice(0, git.line);
    const first = wordsIn(before.join('\n')).length + from;
    const kept = words.filter((_, i) => !added.get(git.version)(first + i)).length;
    const run = fold(words);
    const stood = folded.slice(0, git.version).some((text) => text.includes(run));
    const rest = stood ? 'stood' : wrote.has(git.version) ? 'part' : 'left';
    return [
      ['kept', kept],
      [rest, words.length - kept],
    ];
  };
}

/** Words with one space around each, so that one text is found in another by whole words. */
function fold(words) {
  return ` ${words.join(' ').toLowerCase()} `;
}
