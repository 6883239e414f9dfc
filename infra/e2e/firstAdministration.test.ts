import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { themes } from './browser.ts';
import { describeInBrowser } from './stage.ts';
import { openSideBar, signIn, useTheme } from './steps.ts';

const TWO_MINUTES = 120_000;

describeInBrowser('a tenant admin’s first five minutes, in a browser', (on) => {
  async function openPage(page: Page, title: string): Promise<void> {
    await openSideBar(page, 'Administration');
    await page.getByRole('treeitem', { name: title }).click();
    await page.getByRole('tab', { name: title, selected: true }).waitFor();
  }

  it.each(themes.filter((theme) => theme !== 'hc'))(
    'let people and programs in, set limits, and leave entries in the audit (%s)',
    async (theme) => {
      const page = await on.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
      const picture = (screen: string) =>
        page.screenshot({ path: `test-results/screens/${theme}-${screen}.png` });
      await useTheme(page, theme);
      await signIn(page, on.product.address, 'admin');

      // somebody is invited, with a role, by a link to copy
      const email = `lin.${theme}@acme.example`;
      await openPage(page, 'Users');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByLabel('E-mail').fill(email);
      await page.getByRole('checkbox', { name: 'designer' }).check();
      await page.getByRole('button', { name: 'Make the link' }).click();
      const invitation = page.getByRole('form', { name: 'Invitation' });
      await invitation.getByRole('button', { name: 'Copy' }).click();
      await page.getByText('Link copied.').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toBe(await invitation.getByLabel('Link').inputValue());
      expect((await fetch(link)).status).toBe(200);
      await page
        .getByRole('row', { name: new RegExp(email) })
        .getByText('Open')
        .waitFor();
      await picture('admin-users');

      // less is wanted than the platform gives
      await openPage(page, 'Quotas');
      const requests = page.getByRole('row', { name: /^Requests, day/ });
      await requests.click();
      await page.getByLabel('Own lower limit').fill(theme === 'dark' ? '50000' : '40000');
      await page
        .getByRole('form', { name: 'Quota Requests, day' })
        .getByRole('button', { name: 'Save' })
        .click();
      await requests.getByText(`${theme === 'dark' ? '50' : '40'},000 (own)`).waitFor();
      await picture('admin-quotas');

      // why may she not?
      await openPage(page, 'Roles');
      await page.getByRole('button', { name: 'workflows:write: viewer may not' }).click();
      const why = page.getByRole('region', { name: 'Why?' });
      await why.getByLabel('Who').selectOption({ label: 'Vera Moreau (viewer)' });
      await why.getByText('The built-in role viewer does not permit workflows:write.').waitFor();
      expect(await why.getByRole('status').innerText()).toMatch(/^No\b/);
      await why.getByText('Give the role').first().waitFor();
      await picture('admin-roles-why');

      // models to answer with: the connection is checked by itself
      const provider = `answers-${theme}`;
      await openSideBar(page, 'Providers');
      await page.getByRole('button', { name: 'Add provider' }).first().click();
      await page.getByLabel('Type').selectOption('scripted');
      await page.getByLabel('Name', { exact: true }).fill(provider);
      await page.getByRole('button', { name: 'Save and check' }).click();
      await page
        .getByRole('row', { name: new RegExp(provider) })
        .getByText('Connected')
        .waitFor();
      await picture('admin-provider');

      // a program gets a key, shown this once, and comes in with it
      const program = `nightly-${theme}`;
      await openPage(page, 'API keys');
      await page.getByRole('button', { name: 'New key' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill(program);
      await page.getByRole('button', { name: 'Read only' }).click();
      await page.getByRole('button', { name: 'Make key' }).click();
      const shown = page.getByLabel('API key', { exact: true });
      await shown.waitFor();
      const key = await shown.inputValue();
      await picture('admin-api-key');
      const asProgram = (path: string, more: RequestInit = {}) =>
        fetch(`${on.product.address}/api${path}`, { ...more, headers: { 'x-api-key': key } });
      expect((await asProgram('/workflows')).status).toBe(200);
      expect((await asProgram('/users/somebody', { method: 'DELETE' })).status).toBe(403);
      const opened = page.getByRole('form', { name: `API key ${program}` });
      await opened.getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByRole('row', { name: new RegExp(program) }).click();
      await opened.waitFor();
      expect(await page.content()).not.toContain(key);

      // all of it can be found
      await openPage(page, 'Audit');
      const search = page.getByLabel('Search who, action, what, error or request');
      const entries = page.getByRole('listbox', { name: /^Entries of the audit/ });
      for (const [typed, found] of [
        ['invitations', 'invitations.create'],
        ['quotas', 'quotas.updateQuotas'],
        ['providers', 'providers.create'],
        ['apiKeys', 'apiKeys.create'],
        [program, 'users.delete'],
      ] as const) {
        await search.fill(typed);
        await entries.getByRole('option', { name: found }).first().waitFor();
      }
      await entries.getByRole('option').first().getByText('Denied').waitFor();
      await picture('admin-audit');
      await page.context().close();
    },
    TWO_MINUTES,
  );
});
