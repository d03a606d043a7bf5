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
const php: Plant = (text) => {
  const escaped =
    /echo esc_html\( (\$\w+|sanitize_text_field\( wp_unslash\( \$_\w+\[[^\]]+\] \) \)) \)/;
  if (escaped.test(text)) return text.replace(escaped, 'echo $1');
  const inside = / \. esc_html\( (.+?\)) \) \. '/;
  if (inside.test(text)) return text.replace(inside, " . $1 . '");
  const end = /\?>\s*$/.test(text) ? '<?php\n' : '';
  return `${text.replace(/\n*$/, '\n')}${end}\nfunction planted_fault() {\n\techo $_GET['planted'];\n}\n`;
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

/** Leaves one fault of a kind the gate knows in the first file that can carry one; a PHP file is preferred that prints something. */
export function plantFault(files: readonly AnswerFile[]): readonly AnswerFile[] {
  const able = files.filter((file) => PLANTS[endingOf(file.name)] !== undefined);
  const chosen =
    able.find((file) => endingOf(file.name) !== 'php' || file.text.includes('esc_html(')) ??
    able[0];
  return files.map((file) => {
    const plant = PLANTS[endingOf(file.name)];
    return file === chosen && plant !== undefined
      ? { name: file.name, text: plant(file.text) }
      : file;
  });
}
