import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser, themes } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { screens } from './screens.ts';
import { signIn } from './steps.ts';

const executable = findChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const large = { width: 1440, height: 900 };
const small = { width: 1024, height: 768 };
const grave = ['serious', 'critical'];

/** What axe finds grave on the page: rule, what it means, and the first places. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact && grave.includes(impact))
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes
          .slice(0, 4)
          .map(({ html, any }) => `  ${html.slice(0, 160)} ${any[0]?.message ?? ''}`)
          .join('\n')}`,
    );
}

describe.skipIf(!executable)('every screen can be used by everybody', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-accessible-'));
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct({ dataDirectory: folder });
    browser = await openBrowser(executable as string);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(themes)('in the theme %s', (theme) => {
    let page: Page;
    const pictures = join('test-results', 'screens', theme);
    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      const context = await browser.newContext({
        viewport: large,
        reducedMotion: 'reduce',
      });
      await context.addInitScript((value) => localStorage.setItem('baton/theme', value), theme);
      page = await context.newPage();
      await signIn(page, product.address, 'admin');
      // The first visit of all shows the example.
      await page.locator('.djs-container .djs-shape').first().waitFor();
    }, 60_000);
    afterAll(() => page?.context().close());

    it.each(screens)('$name has nothing that shuts somebody out', { timeout: 60_000 }, async (screen) => {
      await screen.open(page);
      const picture = join(pictures, screen.name.replace(/\W+/g, '-'));
      await page.screenshot({ path: `${picture}.png` });
      const found = await findings(page);
      await page.setViewportSize(small);
      await page.screenshot({ path: `${picture}-small.png` });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.setViewportSize(large);
      expect([found, wide]).toEqual([[], 0]);
    });
  });
});
