import { expect, it } from 'vitest';
import { themes } from './browser.ts';
import { askMcp } from './mcp.ts';
import { describeInBrowser } from './stage.ts';
import { openSideBar, runCommand, signIn, useTheme } from './steps.ts';

/** All of it, as a person with the mouse would want it to take at most. */
const TWO_MINUTES = 120_000;

describeInBrowser(
  'a tool, from its template into a running agent and out to other programs, in a browser',
  (on) => {
    it.each(themes)(
      'is made, granted, tried and tested, and called by an agent and over MCP (%s)',
      async (theme) => {
        const tool = `note-in-${theme}`;
        const agent = `note-taker-${theme}`;
        const page = await on.newPage();
        await useTheme(page, theme);
        await signIn(page, on.product.address, 'admin');

        // made from a template
        await openSideBar(page, 'Tools');
        await page.getByRole('button', { name: 'New tool' }).click();
        await page.getByRole('dialog').getByText('note-in-run', { exact: true }).click();
        const name = page.getByRole('dialog').getByRole('combobox');
        await name.fill(tool);
        await name.press('Enter');
        const tab = page.getByRole('tab', { name: `${tool}.tool.ts` });
        await tab.waitFor();

        // granted what it asks for
        const beside = page.locator('.tooltest');
        await beside.getByText('Asked', { exact: true }).waitFor();
        await beside.getByRole('button', { name: 'Grant', exact: true }).click();
        await beside.getByText('Granted by', { exact: false }).waitFor();

        // tried, and kept as a test
        await beside.getByRole('button', { name: 'Save as test' }).click();
        const named = page
          .getByRole('dialog')
          .getByRole('combobox')
          .or(page.getByRole('dialog').getByRole('textbox'));
        await named.fill('notes what was said');
        await named.press('Enter');
        await beside.getByRole('button', { name: 'Run in sandbox' }).click();
        await beside.getByText('Valid', { exact: true }).waitFor();
        expect(await beside.innerText()).toContain('Customer called back');
        await beside.getByRole('button', { name: 'Run tests' }).click();
        await beside.getByText('1 passed, 0 failed').waitFor();

        // given to an agent
        await runCommand(page, 'New agent…');
        await page.getByRole('dialog').getByText('Blank agent').click();
        await name.fill(agent);
        await name.press('Enter');
        await page.getByText('Add a tool…').click();
        await page.getByRole('dialog').getByText(tool, { exact: true }).click();
        await page.getByRole('button', { name: `Remove ${tool}` }).waitFor();

        // called by it
        const chat = page.getByLabel('Test chat');
        const said = chat.getByRole('textbox').last();
        await said.fill('Append a line to the note of this run.');
        await said.press('Enter');
        await chat.getByRole('button', { name: new RegExp(tool) }).click();
        await chat.getByText('Customer called back').first().waitFor();

        // published with it, and the tool knows
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await page.getByRole('button', { name: 'Publish v2' }).click();
        await tab.click();
        await beside.getByRole('list', { name: 'Used by' }).getByText(agent).waitFor();

        // let out to another program, by a key for this tool alone
        await openSideBar(page, 'Administration');
        await page.getByRole('treeitem', { name: 'API keys' }).click();
        await page.getByRole('button', { name: 'New key' }).first().click();
        const form = page.getByRole('form', { name: 'New API key' });
        await form.getByLabel('Name', { exact: true }).fill(`notes-${theme}`);
        await form.getByRole('button', { name: 'Tools over MCP' }).click();
        await form.getByRole('button', { name: 'Only these' }).click();
        await form.getByLabel('Tools', { exact: true }).fill(tool);
        await page.keyboard.press('Enter');
        await form.getByRole('button', { name: 'Make key' }).click();
        const key = await page.getByLabel('API key', { exact: true }).inputValue();

        const { tools } = await askMcp<{ tools: { name: string }[] }>(on.product.address, key, 'tools/list');
        expect(tools.map((each) => each.name)).toEqual([tool]);
        const call = { name: tool, arguments: { line: 'From another program' } };
        expect(await askMcp(on.product.address, key, 'tools/call', call)).toMatchObject({
          structuredContent: { note: 'From another program\n' },
        });
        await page.context().close();
      },
      TWO_MINUTES,
    );
  },
);
