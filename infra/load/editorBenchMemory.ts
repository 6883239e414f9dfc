import type { BrowserContext, Page } from 'playwright-core';
import { openDocument } from './editorBenchWork.ts';
import { rounded } from './statistics.ts';

/** In rounds of all kinds, so that what is kept of the last document is the same before and after. */
const CYCLES = 203;
/** What is loaded on first use is loaded by then. */
const WARM = 21;
/** Without compilers: what they make of code that runs often is in the heap too, and grows with use, not with documents. */
export const noCompilers = ['--js-flags=--no-opt --no-maglev --no-sparkplug'];
const OPENED = [
  ['Support triage', '.djs-container .djs-shape'],
  ['triage.agent', '.agentform'],
  ['prompt-0042', '.monaco-editor .view-line'],
  ['order-lookup.tool', '.monaco-editor .view-line'],
  ['Answer a customer', '.fjs-container'],
  ['Compensation', '.decisioncanvas'],
  ['The support desk', '.monaco-editor .view-line'],
] as const;

interface Kept {
  heap: number;
  nodes: number;
  listeners: number;
}

/** What stays of documents that were opened and closed again. */
export async function measureMemory(context: BrowserContext, page: Page): Promise<object> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  async function kept(): Promise<Kept> {
    for (let index = 0; index < 3; index++) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') };
  }
  async function cycle(index: number): Promise<void> {
    const [name, shown] = OPENED[index % OPENED.length]!;
    await openDocument(page, name, shown);
    await page.keyboard.press('Alt+w');
    await page.locator('[role="tab"][data-tab]').first().waitFor({ state: 'detached' });
  }
  while ((await page.locator('[role="tab"][data-tab]').count()) > 0) {
    const open = await page.locator('[role="tab"][data-tab]').count();
    await page.keyboard.press('Alt+w');
    await page.waitForFunction((n) => document.querySelectorAll('[role="tab"][data-tab]').length < n, open);
  }
  for (let index = 0; index < WARM; index++) await cycle(index);
  const before = await kept();
  for (let index = 0; index < CYCLES; index++) await cycle(index);
  const after = await kept();
  return {
    [`heap after ${WARM} open/close cycles, MB`]: rounded(before.heap / 1e6, 1),
    [`heap after ${CYCLES} more, MB (goal: no growth)`]: rounded(after.heap / 1e6, 1),
    'DOM nodes before and after': `${before.nodes} ${after.nodes}`,
    'listeners before and after': `${before.listeners} ${after.listeners}`,
  };
}
