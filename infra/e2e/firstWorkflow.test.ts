import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { themes } from './browser.ts';
import { append, connect, dropOnCanvas, shape } from './drawing.ts';
import { describeInBrowser } from './stage.ts';
import { answerWith, runCommand, signIn, useTheme } from './steps.ts';

const TWO_MINUTES = 120_000;

describeInBrowser('a designer’s first workflow of their own, in a browser', (on) => {
  let page: Page;

  afterEach(async ({ task }) => {
    await page.screenshot({ path: `test-results/screens/${task.name.replace(/\W+/g, '-')}.png` });
    await page.context().close();
  });

  it.each(themes.filter((theme) => theme !== 'hc'))(
    'is drawn from an agent and two tools, and runs (%s)',
    async (theme) => {
      page = await on.newPage();
      await useTheme(page, theme);
      await signIn(page, on.product.address, 'designer');
      await page.locator('.djs-container .djs-shape').first().waitFor();

      await runCommand(page, 'New workflow');
      await answerWith(page, `Orders in ${theme}`);
      await page.getByRole('tab', { name: `Orders in ${theme}.bpmn`, selected: true }).waitFor();
      await shape(page, 'started').waitFor();
      // Buttons of the palette look like the product's, not like the browser's.
      const entry = page.locator('.djs-palette .entry').first();
      expect(await entry.evaluate((button) => getComputedStyle(button).borderTopStyle)).toBe('none');

      await dropOnCanvas(page, 'triage.agent.yaml', 300, 180);
      await dropOnCanvas(page, 'order-lookup.tool.ts', 480, 180);
      await dropOnCanvas(page, 'order-lookup.tool.ts', 660, 180);
      // What nothing leads to is framed, and can be pointed at nevertheless.
      await page.locator('.problem-frame').first().waitFor();
      await connect(page, 'started', 'triage');
      await connect(page, 'triage', 'order_lookup');
      await connect(page, 'order_lookup', 'order_lookup_2');
      await append(page, 'order_lookup_2', 'endEvent');

      await page.keyboard.press('F5');
      const variables = { customer: 'Eva', message: 'Where is my order?', orderId: 'HP-48213' };
      await page.getByRole('dialog').getByLabel('Variables').fill(JSON.stringify(variables));
      await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
      await page.waitForURL(/#\/run\//);
      await page.getByText('Completed', { exact: true }).first().waitFor();

      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      expect(await page.locator('body').innerText()).toContain('in transit');
    },
    TWO_MINUTES,
  );
});
