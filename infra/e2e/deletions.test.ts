import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { describeInBrowser } from './stage.ts';
import { openSideBar, signIn } from './steps.ts';

describeInBrowser('what was deleted and can still be taken back', (on) => {
  let api: Api;
  let page: Page;

  beforeAll(async () => {
    api = await signedIn(on.product.address, 'admin');
  }, 120_000);
  beforeEach(async () => {
    page = await on.newPage();
  });
  afterEach(() => page.context().close());
  const notes = async () =>
    (await api.get<{ items: { name: string }[] }>('/notes')).items.map(({ name }) => name);

  /** A note that is deleted in the explorer; `Undo` is still offered. */
  async function deleted(name: string) {
    await api.post('/notes', { name, content: { text: '# Soon gone\n' } });
    await signIn(page, on.product.address, 'admin');
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
  ])('is deleted for good when %s', { timeout: 120_000 }, async (how, leave) => {
    const name = `left-when-${how.replace(/\W+/g, '-')}`;
    await deleted(name);
    await leave(page);
    await expect.poll(notes, { timeout: 60_000 }).not.toContain(name);
  });
});
