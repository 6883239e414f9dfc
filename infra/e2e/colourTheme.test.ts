import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './stage.ts';
import { openWorkflow, runCommand, signIn } from './steps.ts';

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

describeInBrowser('a colour theme of VS Code', (on) => {
  let page: Page;

  beforeAll(async () => {
    page = await on.newPage();
    await signIn(page, on.product.address, 'designer');
  }, 120_000);
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

  it('colours all of the editor, and the next visit too', { timeout: 120_000 }, async () => {
    await choose('dusk-color-theme.json', JSON.stringify(dusk));
    await page.getByText('Dusk is on.').waitFor();
    expect(await colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
    await page.reload();
    await openWorkflow(page, 'Support triage');
    await expect.poll(() => colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
    await page.screenshot({ path: 'test-results/screens/colour-theme-of-vs-code.png' });
  });

  it('is refused in words where it is broken', { timeout: 120_000 }, async () => {
    await choose('broken.json', '{"colors": {"editor.background": "red"}}');
    await page
      .getByText('broken.json is not taken. Expected a colour like #1e1e1e, but editor.background is "red".')
      .first()
      .waitFor();
    expect(await colourOf('.sidebar')).toBe('rgb(12, 22, 32)');
  });
});
