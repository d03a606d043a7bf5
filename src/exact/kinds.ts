/** What a file is, by the end of its name. A file of no known kind is never read: only its name reaches the child. */
export type FileKind = 'md' | 'txt' | 'html' | 'css' | 'js' | 'ts' | 'json' | 'yaml' | 'php';

const BY_ENDING: Readonly<Record<string, FileKind>> = {
  md: 'md',
  markdown: 'md',
  txt: 'txt',
  html: 'html',
  htm: 'html',
  css: 'css',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'js',
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'ts',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  php: 'php',
};

/** The kind of a file by its name, undefined when no exact program reads such files. */
export function kindOf(name: string): FileKind | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : BY_ENDING[ending];
}
