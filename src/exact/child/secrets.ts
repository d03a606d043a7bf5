import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretSpan } from '../../core/secrets.ts';
import { unpack, type WireFile } from '../wire.ts';
import type { Engines } from './engine.ts';

const RULES = [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }];
/** Where its own rules read from a file name, none is given away. */
const NAMELESS = { filePath: 'text', ext: '', contentType: 'text' } as const;

/**
 * What secretlint's recommended rules take for secrets in each text, by the last part of the rule's name. Its own way to
 * allow a line by a comment is not part of that preset, so that no material can switch the search off.
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

async function spansIn(content: string): Promise<readonly SecretSpan[]> {
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
