import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Whoever works on the product sees the stories in one theme, CI in all of them. */
export const themes = (process.env.CI ? ['dark', 'light', 'hc'] : ['dark']) as readonly (
  | 'dark'
  | 'light'
  | 'hc'
)[];

const DOWNLOAD_TIMEOUT = 120_000;

/** An installed Chromium or Chrome, else Playwright's own download; undefined where neither can be had. */
export function findChromium(): string | undefined {
  const found = [process.env.CHROMIUM, ...installed].find((path) => path && existsSync(path));
  if (found) return found;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core')), 'cli.js');
  try {
    execFileSync(process.execPath, [cli, 'install', 'chromium'], {
      stdio: 'ignore',
      timeout: DOWNLOAD_TIMEOUT,
    });
  } catch {
    return undefined;
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

export function openBrowser(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
