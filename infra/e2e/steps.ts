import type { Page } from 'playwright-core';

/** Opens the product, signs in (development password = user name) and waits for the workbench. */
export async function signIn(page: Page, address: string, user: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(user);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('tree').first().waitFor();
}
