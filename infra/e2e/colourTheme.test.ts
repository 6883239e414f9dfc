import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { openWorkflow, runCommand, signIn } from './steps.ts';

const executable = findChromium();
const dusk = {
  name: 'Dusk',
  type: 'dark',
  colors: {
    'editor.background': '#101c28',
    'editor.foreground': '#fff4e0',
    'sideBar.background': '#0c1620',
    'activityBar.background': '#0a121a',
    'statusBar.background': '#3a1c4a',
    'panel.border': '#2c4054',
    'not.ours': '#ffffff',
  },
  tokenColors: [{ scope: ['keyword'], settings: { foreground: '#ffb870' } }],
};

describe.skipIf(!executable)('a colour theme of VS Code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-theme-'));
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct({ dataDirectory: folder });
    browser = await openBrowser(executable as string);
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await signIn(page, product.address, 'designer');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function choose(name: string, text: string) {
    const chooser = page.waitForEvent('filechooser');
    await runCommand(page, 'Import colour theme of VS Code');
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  }
  const colourOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);

  it('colours all of the editor, and the next visit too', { timeout: 60_000 }, async () => {
    await choose('dusk-color-theme.json', JSON.stringify(dusk));
    await page.getByText('Dusk is on.').waitFor();
    expect(await colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
    await page.reload();
    await openWorkflow(page, 'Support triage');
    await expect.poll(() => colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
    await page.screenshot({ path: 'test-results/screens/colour-theme-of-vs-code.png' });
  });

  it('is refused in words where it is broken', { timeout: 60_000 }, async () => {
    await choose('broken.json', '{"colors": {"editor.background": "red"}}');
    await page
      .getByText('broken.json is not taken. Expected a colour like #1e1e1e, but editor.background is "red".')
      .first()
      .waitFor();
    expect(await colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
  });
});
