import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { openSideBar, signIn } from './steps.ts';

const executable = findChromium();
/** All of it, as a person with the mouse would want it to take at most. */
const TWO_MINUTES = 120_000;

describe.skipIf(!executable)('a tool, from its template into a running agent, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-tool-'));
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct({ dataDirectory: folder });
    browser = await openBrowser(executable as string);
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  }, 120_000);

  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      await page.screenshot({ path: `test-results/${task.name.replace(/\W+/g, '-')}.png` });
    });
  });

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'is made, granted, tried and tested, and an agent calls it',
    async () => {
      await signIn(page, product.address, 'admin');

      // made from a template
      await openSideBar(page, 'Tools');
      await page.getByRole('button', { name: 'New tool' }).click();
      await page.getByRole('dialog').getByText('note-in-run').click();
      await page.getByRole('dialog').getByRole('combobox').press('Enter');
      await page.getByRole('tab', { name: /note-in-run\.tool\.ts/ }).waitFor();

      // granted what it asks for
      const beside = page.locator('.tooltest');
      await beside.getByText('Asked', { exact: true }).waitFor();
      await beside.getByRole('button', { name: 'Grant', exact: true }).click();
      await beside.getByText('Granted by', { exact: false }).waitFor();

      // tried, and kept as a test
      await beside.getByRole('button', { name: 'Save as test' }).click();
      await page
        .getByRole('dialog')
        .getByRole('combobox')
        .or(page.getByRole('dialog').getByRole('textbox'))
        .fill('notes what was said');
      await page.keyboard.press('Enter');
      await beside.getByRole('button', { name: 'Run in sandbox' }).click();
      await beside.getByText('Valid', { exact: true }).waitFor();
      expect(await beside.innerText()).toContain('Customer called back');
      await beside.getByRole('button', { name: 'Run tests' }).click();
      await beside.getByText('1 passed, 0 failed').waitFor();

      // given to an agent
      await openSideBar(page, 'Agents');
      await page.getByRole('button', { name: 'New agent' }).click();
      await page.getByRole('dialog').getByText('Blank agent').click();
      await page.getByRole('dialog').getByRole('combobox').fill('note-taker');
      await page.keyboard.press('Enter');
      await page.getByText('Add a tool…').click();
      await page.getByRole('dialog').getByText('note-in-run').click();
      await page.getByRole('button', { name: 'Remove note-in-run' }).waitFor();

      // called by it
      const chat = page.getByLabel('Test chat');
      await chat.getByRole('textbox').last().fill('Append a line to the note of this run.');
      await page.keyboard.press('Enter');
      await chat.getByRole('button', { name: /note-in-run/ }).click();
      await chat.getByText('Customer called back').first().waitFor();

      // published with it, and the tool knows
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.getByRole('button', { name: 'Publish v2' }).click();
      await page.getByRole('tab', { name: /note-in-run\.tool\.ts/ }).click();
      await beside.getByRole('list', { name: 'Used by' }).getByText('note-taker').waitFor();
    },
    TWO_MINUTES,
  );
});
