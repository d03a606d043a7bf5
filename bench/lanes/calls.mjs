import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Ollama } from 'ollama';
import { readConfig } from '../../dist/config.js';
import { openLanes } from '../../dist/main/lanes.js';
import { EXACT } from '../orchestration/ends.mjs';

export const MEASURED = ['local', 'senior'];

/** Starts the stand-ins in their own process; `stop` ends it. */
export async function openStandIn(port = 0) {
  const file = fileURLToPath(new URL('./stand-in.mjs', import.meta.url));
  const child = fork(file, {
    env: { ...process.env, AIOS_BENCH_PORT: String(port) },
    execArgv: [],
  });
  const [urls] = await Promise.race([once(child, 'message'), failed(child)]);
  return {
    urls,
    stop: async () => {
      if (child.exitCode === null) {
        child.disconnect();
        await once(child, 'exit');
      }
    },
  };
}

async function failed(child) {
  const [code] = await once(child, 'exit');
  throw new Error(`The stand-ins ended with ${code} before they listened.`);
}

/** The lanes as main.ts opens them, at the stand-ins. */
export function shippedLanes(urls) {
  return openLanes(readConfig({ AIOS_TIME_ZONE: 'Europe/Berlin' }), EXACT, urls);
}

/**
 * What a lane is held against: its vendor's own client and nothing else, one call with the same words, schema and
 * settings, streamed, gathered to text and usage.
 */
export function bareCalls({ ollamaUrl, anthropicUrl }) {
  const ollama = new Ollama({ host: ollamaUrl });
  const anthropic = new Anthropic({ apiKey: 'bench', maxRetries: 0, baseURL: anthropicUrl });
  return {
    local: async ({ system, material, schema, maxOutputTokens }) => {
      const stream = await ollama.chat({
        model: 'rehearsal-local',
        stream: true,
        format: schema,
        keep_alive: '10m',
        messages: [
          { role: 'system', content: `${system}\n\n${JSON.stringify(schema)}` },
          { role: 'user', content: material },
        ],
        options: { num_ctx: 32_768, num_predict: maxOutputTokens, temperature: 0.2 },
      });
      let text = '';
      let last;
      for await (const part of stream) {
        text += part.message.content;
        if (part.done) last = part;
      }
      return { text, output: last.eval_count };
    },
    senior: async ({ system, material, schema, maxOutputTokens }) => {
      const stream = anthropic.messages.stream({
        model: 'claude-opus-5-5',
        max_tokens: maxOutputTokens,
        system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: material }],
        output_config: { format: { type: 'json_schema', schema: transformJSONSchema(schema) } },
      });
      const message = await stream.finalMessage();
      return { text: message.content[0].text, output: message.usage.output_tokens };
    },
  };
}

/** So many of one call at once; the milliseconds of each. */
export function wave(call, atOnce) {
  const one = async (_, n) => {
    const began = performance.now();
    await call(n);
    return performance.now() - began;
  };
  return Promise.all(Array.from({ length: atOnce }, one));
}

/** Waves of each side in turns, the one that began last time second. The first waves warm up and do not count. */
export async function inTurns(sides, { waves, warm, atOnce }) {
  const names = Object.keys(sides);
  const took = Object.fromEntries(names.map((name) => [name, []]));
  for (let n = -warm; n < waves; n += 1) {
    const order = n % 2 === 0 ? names : names.toReversed();
    for (const name of order) {
      const ms = await wave(sides[name], atOnce);
      if (n >= 0) took[name].push(...ms);
    }
  }
  return took;
}
