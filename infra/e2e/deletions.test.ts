import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { openSideBar, signIn } from './steps.ts';

const executable = findChromium();

describe.skipIf(!executable)('what was deleted and can still be taken back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-deletions-'));
  let product: Product;
  let browser: Browser;
  let api: Api;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct({ dataDirectory: folder });
    browser = await openBrowser(executable as string);
    api = await signedIn(product.address, 'admin');
  }, 120_000);
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const notes = async () =>
    (await api.get<{ items: { name: string }[] }>('/notes')).items.map(({ name }) => name);

  /** A note that is deleted in the explorer; `Undo` is still offered. */
  async function deleted(name: string) {
    await api.post('/notes', { name, content: { text: '# Soon gone\n' } });
    await signIn(page, product.address, 'admin');
    await openSideBar(page, 'Explorer');
    await page.getByRole('treeitem', { name: `${name}.md` }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    expect(await notes()).toContain(name);
  }

  it.each([
    ['another page is opened', (left: Page) => left.goto('about:blank')],
    ['the page is loaded again', (left: Page) => left.reload()],
    ['the window is closed', (left: Page) => left.close()],
  ])('is deleted for good when %s', { timeout: 60_000 }, async (how, leave) => {
    const name = `left-when-${how.replace(/\W+/g, '-')}`;
    await deleted(name);
    await leave(page);
    await expect.poll(notes, { timeout: 10_000 }).not.toContain(name);
  });
});
