import { Window } from 'happy-dom';

/** What Alfa expects to find on globalThis when it reads a document. */
const NEEDED =
  /^(HTML|SVG|Node|Element|Document|Text|Attr|Comment|Shadow|CSS|DOM|window$|document$)/;

/**
 * Opens a page in happy-dom with everything shut that a page could do: no scripts, style sheets, frames, files or
 * navigation. The page's constructors stand on globalThis while `work` runs, so one page at a time.
 */
export async function withPage<T>(
  html: string,
  work: (document: object) => Promise<T>,
): Promise<T> {
  const window = new Window({
    url: 'http://localhost/',
    settings: {
      enableJavaScriptEvaluation: false,
      disableJavaScriptFileLoading: true,
      disableCSSFileLoading: true,
      disableIframePageLoading: true,
      navigation: {
        disableMainFrameNavigation: true,
        disableChildFrameNavigation: true,
        disableChildPageNavigation: true,
        disableFallbackToSetURL: true,
      },
    },
  });
  const putBack = lend(window);
  try {
    window.document.write(html);
    return await work(window.document);
  } finally {
    putBack();
    await window.happyDOM.close();
  }
}

function lend(window: Window): () => void {
  const names = new Set<string>();
  for (let at: object = window; at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
    for (const name of Object.getOwnPropertyNames(at)) if (NEEDED.test(name)) names.add(name);
  const before = new Map(
    [...names, 'getComputedStyle'].map((name) => [
      name,
      Object.getOwnPropertyDescriptor(globalThis, name),
    ]),
  );
  const set = (name: string, value: unknown): void =>
    void Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  for (const name of names) set(name, Reflect.get(window, name));
  set('getComputedStyle', window.getComputedStyle.bind(window));
  return () => {
    for (const [name, was] of before) {
      if (was === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, was);
    }
  };
}
