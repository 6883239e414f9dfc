/** A browser as far as its keys go. */
export type Browser = 'chrome' | 'firefox' | 'safari';

export interface ReservedKey {
  key: string;
  /** Those which act on it themselves, whatever a page asks for. */
  browsers: readonly Browser[];
  /** What it does there: `opens a tab`. */
  does: string;
}

const all: readonly Browser[] = ['chrome', 'firefox', 'safari'];

/** Keys no page gets. Commands bound to one of these have a second key, which is the one shown. */
export const reservedKeys: readonly ReservedKey[] = [
  { key: 'ctrl+n', browsers: all, does: 'opens a window' },
  { key: 'ctrl+t', browsers: all, does: 'opens a tab' },
  { key: 'ctrl+w', browsers: all, does: 'closes the tab' },
  { key: 'ctrl+shift+n', browsers: ['chrome', 'safari'], does: 'opens a private window' },
  { key: 'ctrl+shift+t', browsers: ['chrome', 'safari'], does: 'opens the tab closed last' },
  { key: 'ctrl+shift+w', browsers: ['chrome', 'firefox'], does: 'closes the window' },
  { key: 'ctrl+shift+p', browsers: ['firefox'], does: 'opens a private window' },
  { key: 'ctrl+shift+q', browsers: ['firefox'], does: 'ends the browser' },
  { key: 'ctrl+q', browsers: ['firefox', 'safari'], does: 'ends the browser' },
  { key: 'ctrl+tab', browsers: all, does: 'shows the next tab' },
  { key: 'ctrl+shift+tab', browsers: all, does: 'shows the tab before' },
  { key: 'ctrl+f4', browsers: ['chrome', 'firefox'], does: 'closes the tab' },
  { key: 'ctrl+h', browsers: ['safari'], does: 'hides the browser' },
  { key: 'ctrl+m', browsers: ['safari'], does: 'minimises the window' },
  { key: 'ctrl+,', browsers: ['safari'], does: 'opens the settings of the browser' },
];

/** What a browser does itself on the first stroke of a key, or `undefined` if pages get it. */
export function reservedFor(key: string, browser: Browser | undefined): ReservedKey | undefined {
  const [first] = key.split(' ');
  return reservedKeys.find(
    (reserved) => reserved.key === first && browser !== undefined && reserved.browsers.includes(browser),
  );
}

/** Which browser a user agent is; others are as Chrome, whose keys most of them have. */
export function browserOf(userAgent: string): Browser {
  if (/Firefox\//.test(userAgent)) return 'firefox';
  return /Safari\//.test(userAgent) && !/Chrom(e|ium)\/|Edg\//.test(userAgent) ? 'safari' : 'chrome';
}
