import type { StoredFile } from '../records.ts';
import type { Wire } from './wire.ts';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  php: 'application/x-httpd-php',
  png: 'image/png',
  svg: 'image/svg+xml',
  ts: 'text/typescript',
  txt: 'text/plain',
  xml: 'application/xml',
  yaml: 'text/yaml',
  yml: 'text/yaml',
  zip: 'application/zip',
};

/** The media type Slack would tell for a file of this name. */
export function mediaType(name: string): string {
  return TYPES[extension(name)] ?? 'application/octet-stream';
}

function extension(name: string): string {
  return name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : '';
}

/** A file as the Web API and messages tell it. https://docs.slack.dev/reference/objects/file-object */
export function slackFile(wire: Wire, file: StoredFile): Record<string, unknown> {
  const address = `${wire.base()}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension(file.name),
    size: file.size,
    user: file.user,
    mode: 'hosted',
    is_external: false,
    file_access: 'visible',
    url_private: address,
    url_private_download: address,
    channels: file.channels,
  };
}

/** Where a file was shared, as `files.info` tells it: by kind of channel and channel the messages. */
export function shares(wire: Wire, file: StoredFile): Record<string, unknown> {
  const holding = wire.board
    .all('message')
    .filter((message) => message.files?.includes(file.id) === true);
  const kinds: Record<string, Record<string, { ts: string; thread_ts?: string }[]>> = {};
  for (const message of holding) {
    const kind =
      wire.board.get('channel', message.channel)?.kind === 'channel' ? 'public' : 'private';
    const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
    ((kinds[kind] ??= {})[message.channel] ??= []).push({ ts: message.ts, ...thread });
  }
  return kinds;
}

/** Notes that a file is seen in a channel. */
export function share(wire: Wire, file: StoredFile, channel: string): StoredFile {
  const next = { ...file, channels: [...new Set([...file.channels, channel])] };
  wire.board.put('file', file.id, next);
  return next;
}
