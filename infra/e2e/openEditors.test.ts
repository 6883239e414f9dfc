import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { signedIn } from './api.ts';
import { describeInBrowser } from './stage.ts';
import { openSideBar, signIn } from './steps.ts';

const lines = Array.from({ length: 200 }, (_, at) => `Line ${at + 1} of what there is to say.`);

describeInBrowser('editors behind other tabs', (on) => {
  let page: Page;
  const tab = (name: string) => page.getByRole('tab', { name });
  /** Monaco draws lines in sight only. */
  const line = (number: number) =>
    page
      .locator('.view-line')
      .filter({ hasText: lines[number - 1]! })
      .first();

  async function open(name: string) {
    await page.getByRole('treeitem', { name }).dblclick();
    await tab(name).and(page.locator('.is-active')).waitFor();
  }

  beforeAll(async () => {
    const api = await signedIn(on.product.address, 'admin');
    for (const name of ['long', 'other'])
      await api.post('/notes', { name, content: { text: `# ${name}\n${lines.join('\n')}\n` } });
    page = await on.newPage();
    await signIn(page, on.product.address, 'admin');
    await openSideBar(page, 'Explorer');
    await open('long.md');
    await line(1).waitFor();
  }, 240_000);

  it('are found as they were left: scrolled, divided, and with the focus', { timeout: 60_000 }, async () => {
    await line(1).click();
    await page.keyboard.press('Control+End');
    await line(200).waitFor();
    const sash = page.locator('.versionedsides .sash').first();
    const box = (await sash.boundingBox())!;
    await page.mouse.move(box.x, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x - 120, box.y + 200, { steps: 4 });
    await page.mouse.up();
    const divided = (await sash.boundingBox())!.x;
    expect(divided).toBeLessThan(box.x - 60);
    await line(200).click();

    await open('other.md');
    await expect.poll(() => page.locator('.view-line').filter({ hasText: 'other' }).count()).toBe(1);
    expect(await line(200).count()).toBe(0);

    await page.keyboard.press('Control+Alt+ArrowLeft');
    await line(200).waitFor();
    expect((await sash.boundingBox())!.x).toBeCloseTo(divided, 0);
    await page.keyboard.type('Typed at once. ');
    await page.locator('.view-line').filter({ hasText: 'Typed at once.' }).waitFor();
  });

  it('go with their tab into another group, and take what is dropped on them', {
    timeout: 60_000,
  }, async () => {
    const groups = page.locator('.group-view');
    await tab('other.md').dragTo(groups.first().locator('[data-part="editor"]'), {
      targetPosition: { x: 1000, y: 300 },
    });
    await expect.poll(() => groups.count()).toBe(2);
    await page.locator('[data-active-part="true"]').filter({ hasText: '# other' }).waitFor();
    await groups.first().locator('.view-line').filter({ hasText: 'Typed at once.' }).waitFor();

    // A click into a pane makes its group the active one.
    await groups.first().locator('.view-line').last().click();
    await page.locator('[data-active-part="true"]').filter({ hasText: 'Typed at once.' }).waitFor();
    await groups.last().locator('.view-line').first().click();
    await page.locator('[data-active-part="true"]').filter({ hasText: '# other' }).waitFor();

    await tab('other.md').dragTo(groups.first().locator('[data-part="editor"]'));
    await expect.poll(() => groups.count()).toBe(1);
    await page.locator('.view-line').filter({ hasText: '# other' }).waitFor();
  });

  it('are closed with their tab', { timeout: 60_000 }, async () => {
    for (const name of ['long.md', 'other.md']) await tab(name).click({ button: 'middle' });
    await expect.poll(() => page.locator('.view-line').count()).toBe(0);
  });
});
