import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Serves a file of the page: `/` is index.html. Only known types, never outside the folder; everything else, and a
 * missing folder, is 404.
 */
export async function serveStatic(
  folder: string | undefined,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const type = TYPES[path === '/' ? '.html' : extname(path)];
  const file =
    folder === undefined || type === undefined
      ? undefined
      : inside(folder, path === '/' ? 'index.html' : path);
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  response.writeHead(bytes === undefined ? 404 : 200, {
    'content-type': bytes === undefined ? 'text/plain; charset=utf-8' : (type ?? ''),
  });
  response.end(bytes ?? 'There is nothing here. The page of the workspace is at /.\n');
}

function inside(folder: string, path: string): string | undefined {
  if (path.includes('\0')) return undefined;
  const file = normalize(join(folder, path));
  return file.startsWith(normalize(folder + sep)) ? file : undefined;
}
