import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretSpan } from '../../core/secrets.ts';
import { unpack, type WireFile } from '../wire.ts';
import type { Engines } from './engine.ts';

/** With this one a comment in the material could switch the search off. */
const TAKES_ORDERS = '@secretlint/secretlint-rule-filter-comments';
const RULES = rules
  .filter(({ meta }) => meta.id !== TAKES_ORDERS)
  .map((rule) => ({ id: rule.meta.id, rule }));
/** Where its own rules read from a file name, none is given away. */
const NAMELESS = { filePath: 'text', ext: '', contentType: 'text' } as const;

/**
 * What secretlint's recommended rules take for secrets in each text, by the last part of the rule's name.
 */
export async function findSecrets(
  files: readonly WireFile[],
  engines: Engines,
): Promise<readonly (readonly SecretSpan[])[]> {
  const found: (readonly SecretSpan[])[] = [];
  for (const file of files) {
    const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(unpack(file).bytes);
    found.push(await engines.run('secretlint', () => spansIn(content)));
  }
  return found;
}

async function spansIn(text: string): Promise<readonly SecretSpan[]> {
  // It takes a byte order mark off, and every place after it would be one too early.
  const content = text.replaceAll('\ufeff', ' ');
  const { messages } = await lintSource({
    source: { content, ...NAMELESS },
    options: { config: { rules: RULES }, noPhysicFilePath: true },
  });
  return messages.map(({ range: [from, to], ruleId }) => ({
    from,
    to,
    rule: ruleId.replace(/^.*rule-/, ''),
  }));
}
