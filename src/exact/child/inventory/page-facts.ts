export type Heading = { readonly depth: number; readonly text: string; readonly line: number };
export type Anchor = {
  readonly href: string;
  /** Name among the given files and anchor; undefined for a link that leaves them. */
  readonly to: { readonly name: string; readonly anchor: string } | undefined;
  readonly line: number;
};
export type Picture = {
  readonly src: string;
  readonly alt: string | undefined;
  readonly line: number;
};

/** What a page holds, before anything is judged. */
export type PageFacts = {
  readonly name: string;
  readonly title: string;
  readonly titleLine: number;
  readonly description: string | undefined;
  readonly headings: readonly Heading[];
  readonly links: readonly Anchor[];
  readonly pictures: readonly Picture[];
  readonly ids: ReadonlySet<string>;
  readonly words: number;
  /** The running text, block by block, with the line each begins on. */
  readonly blocks: readonly { readonly text: string; readonly line: number }[];
};

export type Parts = Pick<
  PageFacts,
  'title' | 'titleLine' | 'description' | 'headings' | 'pictures' | 'ids'
> & {
  readonly links: readonly { readonly href: string; readonly line: number }[];
};
