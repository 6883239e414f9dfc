import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './stage.ts';

const TWO_MINUTES = 120_000;

/** A person at the keyboard: nothing here clicks, or gives something the focus by itself. */
const keysOf = (page: Page) => ({
  async press(...keys: readonly string[]) {
    for (const key of keys) await page.keyboard.press(key);
  },
  type: (text: string) => page.keyboard.type(text),
  async command(name: string) {
    await page.keyboard.press('Control+Shift+P');
    await page.getByRole('combobox', { name: 'Command palette' }).waitFor();
    await page.keyboard.type(name);
    await page.getByRole('option', { name, selected: true }).waitFor();
    await page.keyboard.press('Enter');
  },
  /** Presses a key again and again until what has the focus is of a kind. */
  async until(key: string, selector: string) {
    for (let times = 0; times < 20; times += 1) {
      await page.keyboard.press(key);
      if (await page.locator(':focus').evaluate((element, what) => element.matches(what), selector)) return;
    }
    throw new Error(`Expected ${key} to lead to ${selector}, but 20 times did not`);
  },
});

describeInBrowser('a whole scenario without a mouse, in a browser', (on) => {
  it(
    'goes from the sign-in over drawing, publishing and running to the completed task',
    async () => {
      const page = await on.newPage();
      const picture = (screen: string) =>
        page.screenshot({ path: `test-results/screens/keyboard-${screen}.png` });
      const keys = keysOf(page);

      // signed in
      await page.goto(on.product.address);
      await page.getByLabel('User name').waitFor();
      await keys.type('designer');
      await keys.press('Tab');
      await keys.type('designer');
      await keys.press('Enter');
      await page.locator('.djs-container .djs-shape').first().waitFor();

      // drawn
      await keys.command('New workflow');
      await page.getByRole('combobox', { name: 'Name of the new workflow' }).waitFor();
      await keys.type('By keys');
      await keys.press('Enter');
      await page.getByRole('tab', { name: 'By keys.bpmn', selected: true }).waitFor();
      await page.locator('.djs-shape[data-element-id="started"]').waitFor();
      await keys.until('F6', '.djs-container svg');
      await keys.press('ArrowRight', 'u');
      await page.locator('.djs-direct-editing-content:focus').waitFor();
      await keys.type('Check the order');
      await keys.press('Enter', 'n');
      await page.getByRole('combobox', { name: 'Add' }).waitFor();
      await keys.type('End event');
      await keys.press('Enter');
      await page.locator('.djs-direct-editing-content:focus').waitFor();
      await keys.press('Escape');
      await page.locator('.djs-container svg:focus').waitFor();
      await keys.press('ArrowLeft');
      await page.locator('.djs-shape.selected[data-element-id="check_the_order"]').waitFor();

      // described in its properties
      await keys.until('F6', '.grouptoggle');
      await keys.until('Tab', 'input[placeholder="designer"]');
      await keys.type('designer');
      await picture('properties');

      // published and started
      await keys.press('Control+Shift+S');
      await page.getByRole('dialog', { name: 'Publish v2' }).waitFor();
      await keys.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await keys.press('F5');
      await page.getByRole('dialog', { name: 'Run By keys' }).waitFor();
      await keys.until('Tab', '.btn.primary');
      await keys.press('Enter');
      await page.waitForURL(/#\/run\//);
      await page.getByRole('status').getByText('Waiting', { exact: true }).waitFor();
      await picture('run');

      // answered in the inbox
      await keys.command('Show inbox');
      await page.getByRole('option', { name: /Check the order/ }).waitFor();
      await keys.until('F6', '[role="listbox"]');
      await keys.press('ArrowDown', 'Enter');
      await page.getByRole('region', { name: 'Answer' }).waitFor();
      await page.getByText('Assigned to you').waitFor();
      await keys.until('F6', '[data-part="editor"] textarea');
      await keys.type('It is in transit');
      await picture('task');
      await keys.press('Control+Enter');
      await page.getByRole('status').getByText('Completed', { exact: true }).waitFor();
      await page.getByText('It is in transit').first().waitFor();

      // side bar and panel
      await keys.until('F6', '[data-part="sideBar"] *');
      await keys.command('Show problems');
      await keys.until('F6', '[data-part="panel"] *');
      expect(await page.locator(':focus-visible').count()).toBe(1);
      await picture('panel');
      await page.context().close();
    },
    TWO_MINUTES,
  );
});
