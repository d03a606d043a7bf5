import type { Raw } from '../finding.ts';
import type { Source } from '../source.ts';
import { commonPrefix, globalNames, guardHits, prefixHits } from './file-rules.ts';
import { handlerHits } from './handlers.ts';
import { phpFinding } from './hit.ts';
import { scopesOf } from './scope.ts';
import { parsePhp, type PhpNode } from './tree.ts';
import { valueHits } from './values.ts';

const WORDPRESS =
  /\b(?:add_action|add_filter|wp_\w+|esc_(?:html|attr|url)\w*|ABSPATH)\b|\$wpdb\b|Plugin Name:/;

type File = { readonly source: Source; readonly root: PhpNode };

/** Reads PHP files together. Rules of WordPress are asked only of files that belong to WordPress. */
export function runPhp(sources: readonly Source[]): Raw[] {
  const files: File[] = [];
  const found: Raw[] = [];
  for (const source of sources) {
    const parsed = parsePhp(source.text);
    if (parsed.is === 'tree') files.push({ source, root: parsed.root });
    else found.push(syntaxError(source, parsed));
  }
  const isWordPress = files.some(({ source }) => WORDPRESS.test(source.text));
  const scopes = files.flatMap(({ source, root }) => scopesOf(source, root));
  for (const scope of scopes)
    found.push(...valueHits(scope).map((hit) => phpFinding(scope.source, hit)));
  if (!isWordPress) return found;
  for (const [scope, hits] of handlerHits(scopes))
    found.push(...hits.map((hit) => phpFinding(scope.source, hit)));
  const names = files.map(({ source, root }) => ({ source, root, names: globalNames(root) }));
  const prefix = commonPrefix(names.flatMap((file) => file.names));
  for (const file of names)
    found.push(
      ...[...guardHits(file.root), ...prefixHits(file.names, prefix)].map((hit) =>
        phpFinding(file.source, hit),
      ),
    );
  return found;
}

function syntaxError(
  source: Source,
  broken: { readonly says: string; readonly line: number },
): Raw {
  return {
    ruleId: 'php/syntax',
    level: 'error',
    why: `The file does not parse: ${broken.says}`,
    source: 'the language itself',
    where: { file: source.name, line: broken.line },
    fix: 'Mend the syntax here.',
  };
}
