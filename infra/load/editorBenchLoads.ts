import type { BrowserContext, Page } from 'playwright-core';
import { openWorkflow } from '../e2e/steps.ts';
import { percentile, rounded } from './statistics.ts';

const LOADS = 5;
/** ms after the diagram in which whatever still keeps the page busy is seen. */
const AFTERWARDS = 1_500;

interface Load {
  /** ms from navigation to the first contentful paint of the workbench. */
  firstPaint: number;
  /** ms from navigation to the drawn diagram. */
  canvas: number;
  /** ms until the diagram is drawn and no task of over 50 ms keeps keys waiting. */
  interactive: number;
  /** bytes of JavaScript as transferred (gzip) until then. */
  javascript: number;
}

/** Loads the workbench with a workflow open, signed in already, with an empty cache each time. */
export async function measureLoads(context: BrowserContext, page: Page): Promise<object> {
  await openWorkflow(page, 'Support triage');
  const address = page.url();
  const session = await context.newCDPSession(page);
  const loads: Load[] = [];
  for (let index = 0; index < LOADS; index++) {
    await session.send('Network.clearBrowserCache');
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('.djs-container .djs-element').first().waitFor();
    loads.push(await page.evaluate(read, AFTERWARDS));
  }
  const median = (pick: (load: Load) => number) => rounded(percentile(loads.map(pick), 0.5), 0);
  return {
    'first paint of the workbench, ms (goal < 1000)': median((load) => load.firstPaint),
    'diagram drawn, ms': median((load) => load.canvas),
    'interactive, ms (goal < 2000)': median((load) => load.interactive),
    'JavaScript before the canvas shows, KB gzipped (goal < 700)': median((load) => load.javascript / 1000),
  };
}

/** Runs in the page. */
async function read(afterwards: number): Promise<Load> {
  const canvas = performance.now();
  const scripts = performance
    .getEntriesByType('resource')
    .filter((entry) => /\.js$/.test(new URL(entry.name).pathname)) as PerformanceResourceTiming[];
  const javascript = scripts.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  const longTasks: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask', buffered: true });
  await new Promise((resolve) => setTimeout(resolve, afterwards));
  observer.disconnect();
  const busyUntil = Math.max(0, ...longTasks.map((task) => task.startTime + task.duration));
  return {
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    canvas,
    interactive: Math.max(canvas, busyUntil),
    javascript,
  };
}
