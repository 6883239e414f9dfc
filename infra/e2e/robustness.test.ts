import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { undrawnProcess } from './drawing.ts';
import { describeInBrowser } from './stage.ts';
import { signIn } from './steps.ts';

const seen = { timeout: 60_000 };

describeInBrowser(
  'work in a browser, whatever happens around it',
  (on) => {
    let api: Api;
    let context: BrowserContext;
    let page: Page;
    let made = 0;

    beforeAll(async () => {
      api = await signedIn(on.product.address, 'admin');
    }, 120_000);
    beforeEach(async () => {
      // Not after each: what is shown when one fails is kept.
      await context?.close();
      page = await on.newPage();
      context = page.context();
      await signIn(page, on.product.address, 'admin');
    });
    async function newNote(): Promise<{ id: string; name: string }> {
      const name = `note-${++made}`;
      const { id } = await api.post('/notes', { name, content: { text: 'First line\n' } });
      return { id, name };
    }
    async function open(where: Page, id: string): Promise<void> {
      await where.goto(`${on.product.address}/#/note/${id}`);
      await where.locator('.monaco-editor .view-line').first().waitFor();
    }
    async function type(where: Page, text: string): Promise<void> {
      await where.locator('.monaco-editor .view-line').first().click();
      await where.keyboard.press('Control+Home');
      await where.keyboard.type(text);
    }
    const textIn = async (where: Page) =>
      (await where.locator('.monaco-editor .view-lines').first().innerText()).replaceAll('\u00a0', ' ');
    const draftOf = async (id: string) =>
      (await api.get<{ content: { text: string } } | undefined>(`/notes/${id}/draft`).catch(() => undefined))
        ?.content.text;

    it('answers others while somebody tries out what takes long', async () => {
      let isOver = false;
      const long = api
        .post<{ ok: boolean }>('/feel/evaluation', {
          expression: 'count(for a in 1..1300000 return sqrt(a))',
        })
        .then((answer) => {
          isOver = true;
          return answer;
        });
      for (let asked = 0; asked < 5; asked++) await api.get('/me');
      expect(isOver).toBe(false);
      expect((await long).ok).toBe(true);
    });

    it('sends what was typed without a connection when it is back, and counts it until then', async () => {
      const note = await newNote();
      await open(page, note.id);
      await context.setOffline(true);
      await type(page, 'Typed in a tunnel. ');
      const banner = page.getByText('The changes of 1 document wait in this browser');
      await banner.waitFor(seen);
      expect(await draftOf(note.id)).toBeUndefined();

      await context.setOffline(false);
      await banner.waitFor({ state: 'detached', ...seen });
      await expect.poll(() => draftOf(note.id), seen).toBe('Typed in a tunnel. First line\n');
    });

    it('keeps what was typed over the end of a session, and sends it after signing in again', async () => {
      const note = await newNote();
      await open(page, note.id);
      // Only what is written: what the workbench still reads by itself would end the session before anything is typed.
      await page.route(`**/api/notes/${note.id}/**`, (route) =>
        route.request().method() === 'GET'
          ? route.continue()
          : route.fulfill({
              status: 401,
              json: { error_code: 'AUTHENTICATION_REQUIRED', message: 'Signed out.' },
            }),
      );
      await page.route(/\/token$/, (route) =>
        route.fulfill({ status: 400, json: { error: 'invalid_grant' } }),
      );
      await type(page, 'Typed too late. ');
      const ended = page.getByRole('alertdialog', { name: 'Your session ended' });
      await ended.getByText('1 unsaved document waits').waitFor(seen);
      await page.unrouteAll();

      const asked = context.waitForEvent('page');
      await ended.getByRole('button', { name: 'Sign in again' }).click();
      const beside = await asked;
      const name = beside.getByLabel('User name');
      // Whose session at the issuer still stands is not asked: the window closes by itself.
      const asks = await name.waitFor().then(
        () => true,
        () => false,
      );
      if (asks) {
        await name.fill('admin');
        await beside.getByLabel('Password').fill('admin');
        await beside.getByRole('button', { name: 'Sign in', exact: true }).click();
      }
      await ended.waitFor({ state: 'detached', ...seen });
      expect(await textIn(page)).toContain('Typed too late. First line');
      await expect.poll(() => draftOf(note.id), seen).toBe('Typed too late. First line\n');
    });

    it('shows in one window what is typed in the other, both ways, without a conflict', async () => {
      const note = await newNote();
      await open(page, note.id);
      const other = await context.newPage();
      await open(other, note.id);
      await type(page, 'From the first. ');
      await expect.poll(() => textIn(other), seen).toContain('From the first. First line');
      await type(other, 'From the second. ');
      await expect.poll(() => textIn(page), seen).toContain('From the second. From the first. First line');
      await expect.poll(() => draftOf(note.id), seen).toBe('From the second. From the first. First line\n');
      for (const window of [page, other]) expect(await window.getByText('conflict').count()).toBe(0);
    });

    it('keeps the last diagram of a workflow whose XML breaks, and says after a reload why there is none', async () => {
      const xml = undrawnProcess('broken');
      const { id } = await api.post<{ id: string }>('/workflows', { name: 'Broken', xml });
      const draft = async () =>
        (
          await api
            .get<{ content: { xml: string } } | undefined>(`/workflows/${id}/draft`)
            .catch(() => undefined)
        )?.content.xml;
      const side = (name: string) => page.getByRole('button', { name, exact: true });
      const drawing = page.locator('[data-element-id="begin"]').first();
      const problem = page.getByRole('region', { name: 'Editor' }).getByText('in line 7');
      await page.goto(`${on.product.address}/#/workflow/${id}`);
      await drawing.waitFor();
      await side('Both').click();
      const line = page.locator('.xmltext .monaco-editor .view-line').first();
      await line.click();
      await page.keyboard.press('Control+End');
      // The editor closes it.
      await page.keyboard.type('<');
      await problem.waitFor(seen);
      await drawing.waitFor();
      await expect.poll(draft, seen).toBe(`${xml}<>`);

      await page.reload();
      await problem.waitFor(seen);
      await page.getByRole('button', { name: '1 problem' }).first().waitFor();
      await side('Canvas').click();
      await page.getByText('This file cannot be drawn').waitFor();
      await page.getByRole('button', { name: 'Show the XML' }).click();
      await line.click();
      await page.keyboard.press('Control+End');
      for (const _ of '<>') await page.keyboard.press('Backspace');
      await problem.waitFor({ state: 'detached', ...seen });
      await side('Canvas').click();
      await drawing.waitFor();
    });

    it('makes another document of one that was deleted elsewhere', async () => {
      const note = await newNote();
      await open(page, note.id);
      await type(page, 'Still wanted. ');
      await expect.poll(() => draftOf(note.id), seen).toContain('Still wanted.');
      await api.delete(`/notes/${note.id}`);
      await page.getByText(`${note.name}.md was deleted at`).waitFor(seen);
      await page.getByRole('button', { name: 'Save as new…' }).click();
      const field = page
        .getByRole('dialog')
        .getByRole('combobox')
        .or(page.getByRole('dialog').getByRole('textbox'));
      await field.fill(`${note.name}-again`);
      await field.press('Enter');
      await page.getByRole('tab', { name: `${note.name}-again.md` }).waitFor(seen);
      const { items } = await api.get<{ items: { name: string; content: { text: string } }[] }>('/notes');
      expect(items.find(({ name }) => name === `${note.name}-again`)?.content.text).toBe(
        'Still wanted. First line\n',
      );
    });
  },
  { timeout: 120_000 },
);
