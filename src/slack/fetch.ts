import { Fault, sentenceOf } from '../core/fault.ts';
import type { NamedFile } from '../flow/ports/exact.ts';
import type { FileRef } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { isLoopback, isSlack } from './client.ts';
import { asked } from './fault.ts';

const TIMEOUT_MS = 60_000;

/** Fetches files that came in, one after the other. Throws Faults `too_large`, `not_found`, `not_allowed`, `slack_gone`. */
export async function fetchFiles(
  around: Around,
  files: readonly FileRef[],
): Promise<readonly NamedFile[]> {
  const fetched: NamedFile[] = [];
  for (const file of files) fetched.push(await fetchFile(around, file));
  return fetched;
}

async function fetchFile(around: Around, file: FileRef): Promise<NamedFile> {
  const { file: info } = await asked('tell where a file is', () =>
    around.reads.files.info({ file: file.id }),
  );
  if ((info?.size ?? file.size) > around.fileCap) throw tooLarge(around, file);
  const url = trusted(around, info?.url_private_download ?? info?.url_private, file);
  const response = await download(around, url, file);
  const bytes = await read(around, response, file);
  if (info?.size !== undefined && info.size !== bytes.length)
    throw notTheFile(file, info.size, bytes.length);
  return { name: file.name, bytes };
}

/** The token goes to Slack's own hosts only, or to the local workspace the API itself is on. */
function trusted(around: Around, text: string | undefined, file: FileRef): URL {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  const local =
    url !== undefined && isLoopback(around.apiUrl) && url.origin === around.apiUrl.origin;
  if (url !== undefined && (local || isSlack(url))) return url;
  throw new Fault(
    'not_allowed',
    `Expected "${file.name}" to be kept by Slack, but it is ${url === undefined ? 'nowhere' : `at ${url.host}`}. Attach the file itself instead of a link to it.`,
  );
}

async function download(around: Around, url: URL, file: FileRef): Promise<Response> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${around.botToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((thrown: unknown) => {
    throw gone(file, sentenceOf(thrown), thrown);
  });
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 429)
    throw new Fault(
      'rate_limit',
      `Slack was to give "${file.name}", but asks to wait. It is tried again.`,
      {
        retry: true,
        retryAfterMs: Number(response.headers.get('retry-after') ?? 1) * 1000,
      },
    );
  if (response.status >= 500) throw gone(file, `status ${response.status}`);
  throw new Fault(
    response.status === 404 ? 'not_found' : 'not_allowed',
    `Slack was to give "${file.name}", but answered with status ${response.status}. Attach it again, or install AIOS again with the scope files:read.`,
  );
}

async function read(around: Around, response: Response, file: FileRef): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > around.fileCap) throw tooLarge(around, file);
      parts.push(part);
    }
  } catch (thrown) {
    throw thrown instanceof Fault ? thrown : gone(file, sentenceOf(thrown), thrown);
  }
  return Buffer.concat(parts);
}

function gone(file: FileRef, why: string, cause?: unknown): Fault {
  return new Fault(
    'slack_gone',
    `Slack was to give "${file.name}", but: ${why}. It is tried again.`,
    {
      cause,
      retry: true,
    },
  );
}

function tooLarge(around: Around, file: FileRef): Fault {
  return new Fault(
    'too_large',
    `A file has at most ${around.fileCap} bytes, "${file.name}" has more. Send a smaller file, or several.`,
  );
}

/** Without the scope Slack answers with its sign-in page instead of the file, and with success. */
function notTheFile(file: FileRef, expected: number, got: number): Fault {
  return new Fault(
    'not_allowed',
    `Expected ${expected} bytes of "${file.name}" from Slack, got ${got}. Install AIOS again with the scope files:read.`,
  );
}
