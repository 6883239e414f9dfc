import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { signedIn } from '../e2e/api.ts';
import { findChromium, openBrowser } from '../e2e/browser.ts';
import { startProduct } from '../e2e/product.ts';
import { signIn } from '../e2e/steps.ts';
import { startBareMonaco } from './bareMonaco.ts';
import { measureLoads } from './editorBenchLoads.ts';
import { measureMemory, noCompilers } from './editorBenchMemory.ts';
import { measurePalette, measureTabs, measureTyping } from './editorBenchWork.ts';
import { unlimitedFrames } from './pageTimes.ts';

const DOCUMENTS = 5_000;
const AT_ONCE = 25;
/** Beyond what one tenant's people ask for in a minute. */
const RATE = 1_000_000;

/** A tool whose source has this many lines. */
const LINES = 2_000;

async function fill(address: string): Promise<void> {
  const api = await signedIn(address, 'admin');
  for (let from = 0; from < DOCUMENTS; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, DOCUMENTS - from) }, (_, at) =>
        api.post('/prompts', {
          name: `prompt-${String(from + at).padStart(4, '0')}`,
          content: { description: '', text: `Answer as number ${from + at} would.` },
        }),
      ),
    );
  const { items } = await api.get<{ items: { name: string; content: { source: string } }[] }>(
    '/tools?limit=1',
  );
  const source = items[0]!.content.source;
  const filled = Array.from({ length: LINES }, (_, line) => `// Line ${line} of what there is to say.`);
  await api.post('/tools', {
    name: 'long-tool',
    content: { ...items[0]!.content, source: `${source}\n${filled.join('\n')}\n` },
  });
}

/** What the workbench costs whoever works in it, with thousands of documents, in a production build. */
export async function benchEditor(root: string): Promise<unknown> {
  const executable = findChromium();
  if (!executable) return 'skipped: no Chromium';
  const folder = mkdtempSync(join(tmpdir(), 'baton-editor-'));
  const product = await startProduct({
    dataDirectory: folder,
    environment: {
      RATE_LIMITS: ['tenant.write', 'user.write', 'tenant.read', 'user.read']
        .map((name) => `${name}=${RATE}`)
        .join(','),
      BURST_PER_SECOND: String(RATE),
    },
  });
  const bareMonaco = await startBareMonaco(root, join(folder, 'monaco'));
  async function inBrowser(
    args: readonly string[],
    measure: (context: BrowserContext, page: Page) => Promise<object>,
  ): Promise<object> {
    const browser = await openBrowser(executable as string, args);
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await signIn(page, product.address, 'admin');
      return await measure(context, page);
    } finally {
      await browser.close();
    }
  }
  try {
    await fill(product.address);
    const result = {
      ...(await inBrowser(unlimitedFrames, async (context, page) => ({
        ...(await measureLoads(context, page)),
        ...(await measureTabs(page)),
        ...(await measurePalette(page)),
        ...(await measureTyping(page, LINES, bareMonaco.address)),
      }))),
      ...(await inBrowser(noCompilers, measureMemory)),
    };
    console.table(result);
    return result;
  } finally {
    bareMonaco.stop();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
