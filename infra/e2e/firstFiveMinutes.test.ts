import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './stage.ts';
import { openSideBar, openWorkflow, runWith, signIn } from './steps.ts';

describeInBrowser('a designer’s first five minutes, in a browser', (on) => {
  const complaints: string[] = [];
  let page: Page;
  let restarting = false;

  beforeAll(async () => {
    page = await on.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // While the product is down the page cannot reach it, and while it starts it is told to wait: it says so.
      const isExpected =
        /ERR_CONNECTION|WebSocket/.test(message.text()) || (restarting && /503/.test(message.text()));
      if (message.type() === 'error' && !isExpected)
        complaints.push(`${message.text()} ${message.location().url}`);
    });
  }, 120_000);

  it('sign in, and the example is on the canvas', async () => {
    await signIn(page, on.product.address, 'designer');
    await openWorkflow(page, 'Support triage');

    for (const [id, name] of [
      ['classify_message', 'Classify message'],
      ['look_up_order', 'Look up order'],
      ['answer_angry_customer', 'Answer the angry customer'],
    ]) {
      // The canvas breaks a name into lines, each a text of its own.
      const drawn = await page.locator(`.djs-shape[data-element-id="${id}"]`).textContent();
      expect(drawn?.replace(/\s/g, '')).toContain(name?.replace(/\s/g, ''));
    }
  });

  it('run it with a calm message: the agent answers, the tool finds the order, the run completes', async () => {
    await runWith(page, {
      Customer: 'Tom Berg',
      Message: 'Thank you, just a question: where is my order HP-48213?',
    });

    await page.getByText('Completed', { exact: true }).first().waitFor();
    const screen = await page.locator('body').innerText();
    expect(screen).toContain('"mood": "calm"');
    expect(screen).toMatch(/"status": "in transit"/);
  });

  it('run it with an angry message: the run waits for a person', async () => {
    await openWorkflow(page, 'Support triage');
    await runWith(page, {
      Customer: 'Eva Lindqvist',
      Message: 'This is unacceptable. My tent HP-48213 is six days late.',
    });

    await page.getByText('Waiting', { exact: true }).first().waitFor();
    expect(await page.locator('body').innerText()).toContain('"mood": "angry"');
  });

  it('kill -9 the product, start it again: the task still waits and can be completed', async () => {
    restarting = true;
    await on.product.kill();
    await on.startAgain();

    const inbox = await openSideBar(page, 'Inbox');
    restarting = false;
    await inbox.getByText('Answer the angry customer').click();
    await page.getByLabel('Your answer').fill('We send a new tent today.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Answer the angry customer is completed.').waitFor();
  });

  it('the finished run is in the list, with its variables and its history', async () => {
    const runs = await openSideBar(page, 'Runs');
    await runs.getByText('Support triage').first().click();
    await page.getByText('Completed', { exact: true }).first().waitFor();

    expect(await page.locator('body').innerText()).toContain('We send a new tent today.');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('ELEMENT_COMPLETED').first().waitFor();
  });

  it('and the page had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
