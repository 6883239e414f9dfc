import type { Locator, Page } from 'playwright-core';

/** Opens the product, signs in (development password = user name) and waits for the workbench. */
export async function signIn(page: Page, address: string, user: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(user);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('tree').first().waitFor();
}

/** Shows a view of the activity bar; answers the side bar it is in. */
export async function openSideBar(page: Page, title: string): Promise<Locator> {
  const button = page.getByLabel('Activity bar').getByRole('button', { name: title });
  // A window that has just become wide shows its side bar by itself: a click at that moment hides it.
  while ((await button.getAttribute('aria-pressed')) !== 'true') {
    await button.click();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return page.getByRole('complementary', { name: 'Side bar', exact: true });
}

/** Opens a workflow from the explorer and waits for its diagram. */
export async function openWorkflow(page: Page, name: string): Promise<void> {
  await openSideBar(page, 'Explorer');
  await page.getByRole('treeitem', { name }).dblclick();
  // What was in front, a run, has a diagram as well.
  await page.getByRole('tab', { name: `${name}.bpmn`, selected: true }).waitFor();
  await page.locator('.djs-container .djs-shape').first().waitFor();
}

/** Presses F5, fills the start form by its labels, starts the run and waits for its page. */
export async function runWith(page: Page, fields: { [label: string]: string }): Promise<void> {
  await page.keyboard.press('F5');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: 'Run' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.waitForURL(/#\/run\//);
}

/** The colours the page is to have, before it is opened. */
export async function useTheme(page: Page, theme: 'dark' | 'light' | 'hc'): Promise<void> {
  await page.addInitScript((chosen) => {
    if (!localStorage.getItem('baton/theme')) localStorage.setItem('baton/theme', chosen);
  }, theme);
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Command palette' }).fill(`>${name}`);
  await page.getByRole('option', { name, selected: true }).waitFor();
  await page.keyboard.press('Enter');
}

/** Answers the question for a text that is open. */
export async function answerWith(page: Page, text: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox');
  await field.fill(text);
  await field.press('Enter');
  await field.waitFor({ state: 'detached' });
}
