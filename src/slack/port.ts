import type { Slack } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { deliver } from './deliver.ts';
import { fetchFiles } from './fetch.ts';
import { makePeople } from './people.ts';
import { edit, post } from './post.ts';

/** What flow asks of Slack, over the Web API. */
export function makePort(around: Around): Slack {
  return {
    post: (message, to) => post(around, message, to),
    edit: (message, at) => edit(around, message, at),
    deliver: (message, files, to) => deliver(around, { message, files }, to),
    fetch: (files) => fetchFiles(around, files),
    ...makePeople(around),
  };
}
