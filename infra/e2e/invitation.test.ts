import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { describeInBrowser } from './stage.ts';

/** Pictures are kept where somebody asks for them. */
const pictures = process.env.E2E_PICTURES;

describeInBrowser('an invitation', (on) => {
  let api: Api;
  beforeAll(async () => {
    api = await signedIn(on.product.address, 'admin');
  });
  const invite = () =>
    api.post<{ id: string; link: string }>('/invitations', {
      email: 'lin@acme.example',
      roles: ['designer'],
    });

  async function picture(page: Page, name: string) {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of [
        [1440, 900],
        [1024, 768],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
      }
    }
  }

  it('is accepted in a browser: what is wrong is told at its field, then one is in', async () => {
    const page = await on.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
    });
    const { link } = await invite();

    await page.goto(link);
    await page.getByRole('heading', { name: 'Join Acme' }).waitFor();
    await picture(page, 'open');
    await page.getByLabel('Your name').fill('Lin Park');
    await page.getByLabel('User name').fill('designer');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Join Acme' }).click();
    await page.getByText('Expected a password of 10 to 200 characters, but it has 5').waitFor();
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'weak');

    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByText('This name is taken. Choose another one.').waitFor();
    await picture(page, 'taken');

    await page.getByLabel('User name').fill('lin');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome to Acme' }).waitFor();
    await picture(page, 'done');

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('User name').fill('lin');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('tree').first().waitFor();
    expect(complaints).toEqual([]);

    const late = await on.newPage();
    await late.goto(link);
    await late.getByRole('heading', { name: 'This invitation was used' }).waitFor();
    await picture(late, 'used');
    await Promise.all([page.close(), late.close()]);
  });

  it('that was taken back while somebody filled it in says so', async () => {
    const page = await on.newPage();
    const { id, link } = await invite();
    await page.goto(link);
    await api.delete(`/invitations/${id}`);
    await page.getByLabel('Your name').fill('Too Late');
    await page.getByLabel('User name').fill('late');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Join Acme' }).click();
    await page.getByRole('heading', { name: 'This invitation was taken back' }).waitFor();
    await picture(page, 'revoked');
    await page.close();
  });
});
