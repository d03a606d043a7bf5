import type { AnswerFile } from '../core/answer.ts';
import { endingOf } from './reading.ts';

type Plant = (text: string) => string;

const prose: Plant = (text) =>
  `${text.replace(/\n*$/, '\n')}\nThe the last sentence holds a planted fault.\n`;
const page: Plant = (text) => {
  const image = '<img src="planted.png">\n';
  const at = text.search(/[ \t]*<\/(?:main|body)>/i);
  return at < 0 ? text + image : text.slice(0, at) + image + text.slice(at);
};
/** A request value printed as it came; in a file that prints none, a function that does. */
const php: Plant = (text) => {
  const escaped = /esc_\w+\( sanitize_text_field\( wp_unslash\( (\$_\w+\[[^\]]+\]) \) \) \)/;
  if (escaped.test(text)) return text.replace(escaped, '$1');
  const open = /\?>\s*$/.test(text) ? '<?php\n' : '';
  return `${text.replace(/\n*$/, '\n')}${open}\nfunction planted_fault() {\n\techo $_GET['planted'];\n}\n`;
};
const script: Plant = (text) =>
  `${text.replace(/\n*$/, '\n')}\nif (true) { if (true) { if (true) { if (true) { eval('1'); } } } }\n`;

const PLANTS: Readonly<Record<string, Plant>> = {
  md: prose,
  txt: prose,
  html: page,
  htm: page,
  php,
  js: script,
  mjs: script,
  ts: script,
};

/** Leaves one fault of a kind the gate knows in the first file that can carry one; of PHP files one that prints a request value. */
export function plantFault(files: readonly AnswerFile[]): readonly AnswerFile[] {
  const able = files.filter((file) => PLANTS[endingOf(file.name)] !== undefined);
  const chosen =
    able.find((file) => endingOf(file.name) !== 'php' || /esc_\w+\( sanitize/.test(file.text)) ??
    able[0];
  return files.map((file) => {
    const plant = PLANTS[endingOf(file.name)];
    return file === chosen && plant !== undefined
      ? { name: file.name, text: plant(file.text) }
      : file;
  });
}
