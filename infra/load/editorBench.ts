import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, openBrowser } from '../e2e/browser.ts';
import { startProduct } from '../e2e/product.ts';
import { signIn } from '../e2e/steps.ts';
import { percentile, rounded } from './statistics.ts';

const LOADS = 5;

interface Load {
  /** ms from navigation to the first contentful paint of the workbench. */
  firstPaint: number;
  /** ms from navigation to the drawn diagram. */
  canvas: number;
  /** bytes of JavaScript as transferred (gzip) until then. */
  javascript: number;
}

/** Loads the workbench with a workflow open, signed in already, with an empty cache each time. */
export async function benchEditor(_root: string): Promise<unknown> {
  const executable = findChromium();
  if (!executable) return 'skipped: no Chromium';
  const folder = mkdtempSync(join(tmpdir(), 'baton-editor-'));
  const product = await startProduct({ dataDirectory: folder });
  const browser = await openBrowser(executable);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(page, product.address, 'designer');
    await page.locator('.djs-container .djs-element').first().waitFor();
    const address = page.url();
    const session = await context.newCDPSession(page);
    const loads: Load[] = [];
    for (let index = 0; index < LOADS; index++) {
      await session.send('Network.clearBrowserCache');
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator('.djs-container .djs-element').first().waitFor();
      loads.push(
        await page.evaluate(() => {
          const scripts = performance
            .getEntriesByType('resource')
            .filter((entry) => /\.js$/.test(new URL(entry.name).pathname)) as PerformanceResourceTiming[];
          return {
            firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
            canvas: performance.now(),
            javascript: scripts.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
          };
        }),
      );
    }
    const median = (pick: (load: Load) => number) => percentile(loads.map(pick), 0.5);
    const result = {
      'first paint of the workbench, ms (goal < 1000)': rounded(
        median((load) => load.firstPaint),
        0,
      ),
      'diagram drawn, ms': rounded(
        median((load) => load.canvas),
        0,
      ),
      'JavaScript before the canvas shows, KB gzipped (goal < 700)': rounded(
        median((load) => load.javascript) / 1000,
        0,
      ),
    };
    console.table(result);
    return result;
  } finally {
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
