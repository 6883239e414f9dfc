import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { answerWith, openSideBar, runCommand, signIn } from './steps.ts';

const executable = findChromium();
const canvas = '.djs-container svg';
const code = '.monaco-editor';

describe.skipIf(!executable)('where keys go', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-focus-'));
  let product: Product;
  let browser: Browser;
  let api: Api;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct({ dataDirectory: folder });
    browser = await openBrowser(executable as string);
    api = await signedIn(product.address, 'admin');
    await api.post('/notes', { name: 'handbook', content: { text: '# Handbook\n' } });
  }, 120_000);
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await signIn(page, product.address, 'admin');
    await page.locator('.djs-container .djs-shape').first().waitFor();
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const focusIn = (what: string) =>
    page.locator(`[data-part="editor"] ${what}:focus-within`).first().waitFor();
  async function quickOpen(name: string) {
    await page.keyboard.press('Control+p');
    await page.getByRole('combobox', { name: 'Command palette' }).fill(name);
    await page.getByRole('option', { name }).first().waitFor();
    await page.keyboard.press('Enter');
  }

  it('are those of the document the palette opened, wherever they went before', {
    timeout: 60_000,
  }, async () => {
    await openSideBar(page, 'Explorer');
    await page.getByRole('tree').first().focus();
    await quickOpen('handbook');
    await focusIn(code);
    await quickOpen('triage.agent');
    await focusIn('.agentform');
    await quickOpen('Support triage');
    await focusIn(canvas);
  });

  it('are those of the tab that was gone to, where it was left', { timeout: 60_000 }, async () => {
    await quickOpen('handbook');
    await focusIn(code);
    await page.keyboard.press('Control+PageUp');
    await focusIn(canvas);
    await page.keyboard.press('Control+PageDown');
    await focusIn(code);
    await page.keyboard.press('Alt+w');
    await focusIn(canvas);
  });

  it('are those of a document a command made', { timeout: 60_000 }, async () => {
    await runCommand(page, 'New note');
    await answerWith(page, 'minutes');
    await focusIn(code);
    await runCommand(page, 'New workflow');
    await answerWith(page, 'Ordering');
    await page.getByRole('tab', { name: 'Ordering.bpmn', selected: true }).waitFor();
    await focusIn(canvas);
  });

  it('are after a dialog where they were before it, and with a side bar that goes away in the editor', {
    timeout: 60_000,
  }, async () => {
    await quickOpen('triage.agent');
    await focusIn('.agentform');
    await page.locator('.agentform input').first().focus();
    await runCommand(page, 'New note');
    await page.keyboard.press('Escape');
    await page.locator('[data-part="editor"] input:focus').waitFor();

    await openSideBar(page, 'Explorer');
    await page.getByRole('tree').first().focus();
    await page.keyboard.press('Control+b');
    await page.locator('[data-part="editor"] input:focus').waitFor();
  });
});
