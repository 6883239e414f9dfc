import type { Page } from 'playwright-core';
import { openSideBar, openWorkflow, runCommand, runWith } from './steps.ts';

/** A screen of the product: how a signed-in person comes to it. */
export interface Screen {
  name: string;
  open(page: Page): Promise<void>;
}

/** A page by its address; the frame opens what the address says. `shows`: the name of what it has once it is loaded. */
async function visit(
  page: Page,
  hash: string,
  role: 'heading' | 'button' | 'columnheader',
  shows: string,
): Promise<void> {
  await page.goto(new URL(`/${hash}`, page.url()).href);
  await page.reload();
  await page.getByRole('main').getByRole(role, { name: shows }).first().waitFor();
}

async function openDocument(page: Page, file: string, shows = '.monaco-editor .view-line'): Promise<void> {
  await openSideBar(page, 'Explorer');
  await page.getByRole('treeitem', { name: file }).dblclick();
  await page.getByRole('tab', { name: file, selected: true }).waitFor();
  await page.locator(shows).first().waitFor();
}

async function panel(page: Page, title: string): Promise<void> {
  await runCommand(page, `Show ${title.toLowerCase()}`);
  await page.getByRole('tab', { name: title }).first().waitFor();
}

const sideBar = (title: string): Screen => ({
  name: `side bar ${title}`,
  async open(page) {
    await openSideBar(page, title);
  },
});

const administration = (title: string): Screen => ({
  name: `administration ${title}`,
  async open(page) {
    await openSideBar(page, 'Administration');
    await page.getByLabel('Side bar', { exact: true }).getByText(title, { exact: true }).click();
    await page.getByRole('tab', { name: title, exact: false, selected: true }).waitFor();
    await page.getByRole('main').getByRole('heading', { name: title }).first().waitFor();
  },
});

/** Every screen there is, one line each: what is new joins here. Later ones begin where the one before ended. */
export const screens: readonly Screen[] = [
  { name: 'welcome', open: (page) => visit(page, '#/welcome/welcome', 'heading', 'Good') },
  { name: 'workflow', open: (page) => openWorkflow(page, 'Support triage') },
  {
    name: 'workflow with its XML',
    async open(page) {
      await page.getByRole('button', { name: 'Both', exact: true }).click();
      await page.locator('.xmltext .view-line').first().waitFor();
    },
  },
  { name: 'agent', open: (page) => openDocument(page, 'triage.agent.yaml') },
  { name: 'tool', open: (page) => openDocument(page, 'order-lookup.tool.ts') },
  { name: 'task', open: (page) => openDocument(page, 'classify-message.task.json') },
  { name: 'prompt', open: (page) => openDocument(page, 'desk-rules.prompt.yaml') },
  { name: 'policy', open: (page) => openDocument(page, 'no-secrets.policy.yaml') },
  { name: 'form', open: (page) => openDocument(page, 'Answer a customer.form', '.fjs-container') },
  {
    name: 'decision',
    open: (page) => openDocument(page, 'Compensation.dmn', '.dmn-decision-table-container'),
  },
  { name: 'note', open: (page) => openDocument(page, 'The support desk.md') },
  {
    name: 'a run',
    async open(page) {
      await openWorkflow(page, 'Support triage');
      await runWith(page, { Customer: 'Eva', Message: 'Where is my order HP-48213?' });
      await page.locator('.djs-container .djs-shape').first().waitFor();
    },
  },
  { name: 'agents as cards', open: (page) => visit(page, '#/agents/all', 'button', 'New agent') },
  {
    name: 'agents as table',
    async open(page) {
      await page.getByRole('button', { name: 'Table' }).click();
      await page.getByRole('table', { name: 'Agents' }).waitFor();
    },
  },
  { name: 'new agent', open: (page) => visit(page, '#/newAgent/new', 'heading', 'What it starts from') },
  { name: 'providers', open: (page) => visit(page, '#/providers/all', 'button', 'Add provider') },
  {
    name: 'a provider',
    async open(page) {
      await page.getByRole('button', { name: 'Add provider' }).last().click();
      await page.getByRole('form').first().waitFor();
    },
  },
  { name: 'MCP servers', open: (page) => visit(page, '#/mcpServers/all', 'button', 'Add server') },
  {
    name: 'an MCP server',
    async open(page) {
      await page.getByRole('button', { name: 'Add server' }).last().click();
      await page.getByRole('form').first().waitFor();
    },
  },
  { name: 'secrets', open: (page) => visit(page, '#/secrets/all', 'heading', 'Secrets') },
  { name: 'connections', open: (page) => visit(page, '#/connections/all', 'heading', 'Connections') },
  { name: 'settings', open: (page) => visit(page, '#/settings/user', 'heading', 'Workbench') },
  {
    name: 'keyboard shortcuts',
    open: (page) => visit(page, '#/keybindings/user', 'columnheader', 'Command'),
  },
  ...['Tenant', 'Users', 'Roles', 'API keys', 'Quotas', 'Audit'].map(administration),
  sideBar('Search'),
  sideBar('Agents'),
  sideBar('Tools'),
  sideBar('Tasks'),
  sideBar('Providers'),
  sideBar('MCP servers'),
  sideBar('Runs'),
  sideBar('Inbox'),
  { name: 'test results', open: (page) => panel(page, 'Test results') },
  { name: 'problems', open: (page) => panel(page, 'Problems') },
  {
    name: 'terminal',
    async open(page) {
      await panel(page, 'Terminal');
      await page.locator('.xterm-screen').first().waitFor();
    },
  },
  {
    name: 'help',
    async open(page) {
      await page.keyboard.press('F1');
      await page.getByRole('tab', { name: 'Help', selected: true }).waitFor();
    },
  },
  {
    name: 'menu',
    async open(page) {
      await page.getByRole('menuitem', { name: 'View' }).click();
      await page.getByRole('menu').first().waitFor();
    },
  },
  {
    name: 'palette',
    async open(page) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+P');
      await page.getByRole('option').filter({ visible: true }).first().waitFor();
    },
  },
  {
    name: 'sign-in',
    async open(page) {
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
      await page.context().clearCookies();
      await page.goto(new URL('/', page.url()).href);
      await page.getByLabel('User name').waitFor();
    },
  },
];
