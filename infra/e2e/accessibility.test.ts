import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { themes } from './browser.ts';
import { screens } from './screens.ts';
import { describeInBrowser } from './stage.ts';
import { signIn, useTheme } from './steps.ts';

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

describeInBrowser('every screen can be used by everybody', (on) => {
  describe.each(themes)('in the theme %s', (theme) => {
    let page: Page;
    const pictures = join('test-results', 'screens', theme);
    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      page = await on.newPage({ viewport: large, reducedMotion: 'reduce' });
      await useTheme(page, theme);
      await signIn(page, on.product.address, 'admin');
      // The first visit of all shows the example.
      await page.locator('.djs-container .djs-shape').first().waitFor();
    }, 60_000);
    afterAll(() => page?.context().close());

    it.each(screens)('$name has nothing that shuts somebody out', { timeout: 60_000 }, async (screen) => {
      await screen.open(page);
      // Of what is still loading nothing can be said.
      await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
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
