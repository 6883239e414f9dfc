import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, it } from 'vitest';
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
});
