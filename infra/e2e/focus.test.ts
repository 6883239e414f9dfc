import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { signedIn } from './api.ts';
import { describeInBrowser } from './stage.ts';
import { answerWith, openSideBar, runCommand, signIn } from './steps.ts';

const canvas = '.djs-container svg';
const code = '.monaco-editor';

describeInBrowser('where keys go', (on) => {
  let page: Page;

  beforeAll(async () => {
    const api = await signedIn(on.product.address, 'admin');
    await api.post('/notes', { name: 'handbook', content: { text: '# Handbook\n' } });
  });
  beforeEach(async () => {
    page = await on.newPage();
    await signIn(page, on.product.address, 'admin');
    await page.locator('.djs-container .djs-shape').first().waitFor();
  });
  afterEach(() => page.context().close());

  const focusIn = (what: string) =>
    page.locator(`[data-part="editor"] ${what}:focus-within`).first().waitFor();
  async function quickOpen(name: string) {
    await page.keyboard.press('Control+p');
    await page.getByRole('combobox', { name: 'Command palette' }).fill(name);
    await page.getByRole('option', { name, selected: true }).waitFor();
    await page.keyboard.press('Enter');
  }

  it('are those of the document the palette opened, wherever they went before', {
    timeout: 120_000,
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

  it('are those of the tab that was gone to, where it was left', { timeout: 120_000 }, async () => {
    await quickOpen('handbook');
    await focusIn(code);
    await page.keyboard.press('Control+PageUp');
    await focusIn(canvas);
    await page.keyboard.press('Control+PageDown');
    await focusIn(code);
    await page.keyboard.press('Alt+w');
    await focusIn(canvas);
  });

  it('are those of a document a command made', { timeout: 120_000 }, async () => {
    await runCommand(page, 'New note');
    await answerWith(page, 'minutes');
    await focusIn(code);
    await runCommand(page, 'New workflow');
    await answerWith(page, 'Ordering');
    await page.getByRole('tab', { name: 'Ordering.bpmn', selected: true }).waitFor();
    await focusIn(canvas);
  });

  it('are after a dialog where they were before it, and with a side bar that goes away in the editor', {
    timeout: 120_000,
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

  it('ask for the suggestions of expressions in forms and decisions, and take one', {
    timeout: 120_000,
  }, async () => {
    const suggestion = page.locator('.cm-tooltip-autocomplete [aria-selected]');
    async function complete(typed: string, offered: string) {
      await page.keyboard.type(typed);
      await page.keyboard.press('Control+Space');
      await suggestion.filter({ hasText: offered }).waitFor();
      await page.keyboard.press('Enter');
      await suggestion.waitFor({ state: 'detached' });
    }
    await quickOpen('Answer a customer');
    await page.locator('.fjs-form-field-textarea').click();
    await page.locator('.bio-properties-panel-group-header').filter({ hasText: 'Condition' }).click();
    const condition = page.locator('[data-entry-id="conditional-hide"] .cm-content');
    await condition.focus();
    await complete('compens', 'compensation');
    await page.keyboard.type(' = upper');
    await complete('', 'upper case');
    await page.keyboard.type('"a"');
    await expect.poll(() => condition.textContent()).toBe('compensation = upper case("a")');
    await page.keyboard.press('End');
    await page.keyboard.type(' +');
    await page.locator('[data-entry-id="conditional-hide"] .cm-lintRange-error').first().waitFor();

    await quickOpen('Compensation');
    await page.locator('.dmn-decision-table-container td.input-cell .content-editable').first().click();
    await page.keyboard.press('End');
    await complete(' + tot', 'total');
    await page.locator('td.input-cell .cm-content').filter({ hasText: '+ total' }).waitFor();

    await page.keyboard.type(' + days');
    await suggestion.filter({ hasText: 'daysLate' }).waitFor();
    await page.keyboard.press('Escape');
    await suggestion.waitFor({ state: 'detached' });
    await page.locator('td.input-cell .cm-content:focus').waitFor();
  });
});
