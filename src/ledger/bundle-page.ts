import { fault, hexOf, textOf } from './bundle-files.ts';
import type { Files } from './bundle-files.ts';
import type { Figures } from './figures.ts';
import type { Finding } from './history.ts';
import { compareFigures, readPage } from './page.ts';

/**
 * The style sheets of every version of the page so far, by SHA-256: with another one the right figures could be hidden
 * and wrong words be shown. A changed sheet adds its hash here; none is ever taken out.
 */
export const STYLES: readonly string[] = [
  'd53112cd8b2f344f258b30e03d8e934c4be4b7fa3b7147386bdd2272586bb710',
];

/** Whether report.html shows what the record says, all of it, and nothing that could hide it. */
export function checkPage(files: Files, figures: Figures): readonly Finding[] {
  const html = textOf(files.get('report.html') ?? new Uint8Array());
  if (html === undefined) return [fault('report.html', 'expected UTF-8, got other bytes')];
  const page = readPage(html);
  const style = hexOf(new TextEncoder().encode(page.style));
  const dressed = STYLES.includes(style)
    ? []
    : [
        fault(
          'report.html',
          `expected a style sheet of AIOS, got another (SHA-256 ${style}): it could hide figures`,
        ),
      ];
  const found = [...page.faults, ...compareFigures(page, figures)];
  return [
    ...dressed,
    ...found.map(({ line, column, says }) => fault(`report.html:${line}:${column}`, says)),
  ];
}
