import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compare } from './blame/compare.mjs';
import { HISTORIES } from './blame/histories.mjs';
import { versionsOf } from './blame/repository.mjs';

/** What is measured when nothing is named: this project's own glossary, from the checkout it runs in. */
const OWN = { repository: 'this project', path: 'docs/house.md', folder: resolve('.git') };

const REASONS = ['agreed', 'kept', 'stood', 'part', 'left'];

/**
 * Who wrote which word, against `git blame -w -M -C`, on edit histories of public repositories. With `mirrors`, a
 * folder of bare clones (`owner+name/repo`, `owner/name.git` or `owner/name`), the histories of the list; with
 * `histories`, as `git dir:path`, those; else one of this project.
 * @returns {Promise<import('./lib/results.mjs').Result>}
 */
export async function bench({ quick = false, mirrors, histories = [], say = () => undefined }) {
  const named = histories.map(historyNamed);
  const listed = mirrors === undefined ? [] : HISTORIES.map((one) => inMirror(mirrors, one));
  const all = named.length + listed.length === 0 ? [OWN] : [...named, ...listed];
  const measured = [];
  for (const history of quick ? all.slice(0, 1) : all) {
    const versions = await versionsOf(history.folder, history);
    const one = await compare(quick ? versions.slice(-12) : versions);
    measured.push({
      repository: history.repository,
      path: history.path,
      commit: history.commit,
      ...one,
    });
    say(
      `${history.repository} ${history.path}: ${one.versions} versions, ${part(one, 'left')} left`,
    );
  }
  return {
    title: 'Who wrote which word, against git blame -w -M -C',
    how:
      'Each version of a file on the main line of its repository is an author. The versions are put into a repository ' +
      'of their own, one commit each, so that both sides have the same input. Of each word of the last version it is ' +
      'asked whom AIOS names and whom git names for the line.',
    columns: ['repository', 'file', 'versions', 'words', ...REASONS, 'time'],
    rows: measured.map((one) => [
      one.commit === undefined ? one.repository : `${one.repository}@${one.commit.slice(0, 7)}`,
      one.path,
      String(one.versions),
      String(one.words),
      ...REASONS.map((which) => part(one, which)),
      `${one.ms} ms`,
    ]),
    says: [
      'git names one commit for a whole line: the last that changed anything in it. AIOS names an author for each word. So they differ wherever a line was changed in part, and it is asked of every such word who is right, with git as the witness:',
      [
        '- **kept**: `git diff --word-diff` says of the very commit that `git blame` names that it found this word there. It changed other words of the line, cut it, wrapped it anew, or changed its signs or the case of a word.',
        '- **stood**: these words stood, one after the other, in a version before the one that git names: they were moved or taken back in pieces that are smaller than git looks for, or among changed ones.',
        '- **part**: by our account alone, the version that git names wrote in this line, but not this word.',
        '- **left**: none of these. Mostly words that we call newer than git does, in short lines (a closing tag, a fence of code, a closing bracket) that git finds again by their place in a text that was rewritten around them.',
      ].join('\n'),
    ],
    raw: measured,
  };
}

function part(one, which) {
  return `${((100 * one[which]) / one.words).toFixed(1)}%`;
}

function historyNamed(text) {
  const at = text.lastIndexOf(':');
  if (at < 1) throw new Error(`Expected a history as <git dir>:<path>, got ${text}.`);
  const folder = resolve(text.slice(0, at));
  return {
    repository: folder
      .split('/')
      .filter((name) => !/^(?:\.git|repo)$/.test(name))
      .at(-1),
    path: text.slice(at + 1),
    folder,
  };
}

function inMirror(mirrors, history) {
  const { repository } = history;
  const places = [join(repository.replace('/', '+'), 'repo'), `${repository}.git`, repository];
  const folder = places.map((place) => resolve(mirrors, place)).find((place) => existsSync(place));
  if (folder === undefined)
    throw new Error(
      `Expected a bare clone of ${repository} below the folder of mirrors, found none.`,
    );
  return { ...history, folder };
}
