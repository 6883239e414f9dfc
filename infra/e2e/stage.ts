import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, type ProductOptions, startProduct } from './product.ts';

const FOUR_MINUTES = 240_000;
/** What stands within a second on a quiet machine may take this long on a busy one. */
const ONE_MINUTE = 60_000;

/** The product with data of its own: there before the first test of a file or a `describe`, gone after its last. */
export interface Stage {
  /** For what the tests write; the data lies below it. */
  readonly folder: string;
  readonly product: Product;
  /** After it was killed or stopped: at the same address, with the same data. */
  startAgain(): Promise<void>;
}

export interface BrowserStage extends Stage {
  readonly browser: Browser;
  /** A page of somebody who was never here, 1440×900 unless told. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
}

export function stage(options: Pick<ProductOptions, 'environment'> = {}): Stage {
  let folder: string | undefined;
  let product: Product | undefined;
  const own = () => (folder ??= mkdtempSync(join(tmpdir(), 'baton-e2e-')));
  const start = async () => {
    const dataDirectory = join(own(), 'data');
    product = await startProduct({ ...options, dataDirectory, ...(product && { like: product }) });
  };
  beforeAll(start, FOUR_MINUTES);
  afterAll(async () => {
    await product?.kill();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return own();
    },
    get product() {
      return product as Product;
    },
    startAgain: start,
  };
}

const chromium = findChromium();

/** The product and a browser. What every page shows when a test fails is kept in `test-results/failed`. */
function browserStage(): BrowserStage {
  const on = stage();
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser(chromium as string);
  });
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
      const folder = join('test-results', 'failed');
      mkdirSync(folder, { recursive: true });
      const name = task.name.replace(/\W+/g, '-');
      await Promise.all(
        pages.map((page, at) => page.screenshot({ path: join(folder, `${name}-${at}.png`) }).catch(() => {})),
      );
    });
  });
  afterAll(() => browser?.close());
  return {
    get folder() {
      return on.folder;
    },
    get product() {
      return on.product;
    },
    startAgain: on.startAgain,
    get browser() {
      return browser as Browser;
    },
    async newPage(options) {
      const viewport = { width: 1440, height: 900 };
      const context = await (browser as Browser).newContext({ viewport, ...options });
      context.setDefaultTimeout(ONE_MINUTE);
      return context.newPage();
    },
  };
}

/** Tests of the product in a browser; skipped by name where there is none. */
export function describeInBrowser(
  name: string,
  tests: (on: BrowserStage) => void,
  options: { timeout?: number } = {},
): void {
  describe.skipIf(!chromium)(name, options, () => tests(browserStage()));
}
