import { parentPort } from 'node:worker_threads';
import { makeJudge } from './verify-judge.ts';
import type { Judge, Page, Told } from './verify-judge.ts';

/** What a judge in a thread of its own is told; each is answered once, in order. */
export type Order =
  | { readonly is: 'begin'; readonly client: string | null }
  | { readonly is: 'page'; readonly page: Page }
  | { readonly is: 'end' };
/** Told at the end of a log, else nothing. */
export type Answer = Told | null;

let judge: Judge = makeJudge(null);

async function follow(order: Order): Promise<Answer> {
  if (order.is === 'end') return judge.end();
  if (order.is === 'begin') judge = makeJudge(order.client);
  else await judge.page(order.page);
  return null;
}

parentPort?.on('message', (order: Order) => {
  void follow(order).then((answer) => parentPort?.postMessage(answer));
});
