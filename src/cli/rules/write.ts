import { pipeline } from 'node:stream/promises';

/** Writes to stdout no faster than it is read. When they have read enough and close the pipe, as `head` does, that is a good end. */
export async function write(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(text, process.stdout, { end: false });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPIPE') throw thrown;
  }
}
