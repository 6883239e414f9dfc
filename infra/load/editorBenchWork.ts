import type { Page } from 'playwright-core';
import { timeOfKey } from './pageTimes.ts';
import { percentile, rounded } from './statistics.ts';

const TAB_SWITCHES = 40;
const PALETTE_WORDS = ['prompt-4711', 'triage', 'toggle', 'zzz'];
const SENTENCE = 'the quick brown fox jumps over the lazy dog and tells nobody of it '.repeat(4);

function figures(name: string, times: readonly number[]): object {
  return {
    [`${name}, p50 ms`]: rounded(percentile(times, 0.5), 1),
    [`${name}, p95 ms`]: rounded(percentile(times, 0.95), 1),
  };
}

/** Finds a document in the palette and opens it in a tab of its own. */
export async function openDocument(page: Page, name: string, shown: string): Promise<void> {
  await page.keyboard.press('Control+p');
  const field = page.getByRole('combobox', { name: 'Command palette' });
  await field.fill(name);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator(shown).first().waitFor();
}

const activeTab = '[role="tab"].is-active';

/** A diagram and a form in turns. */
export async function measureTabs(page: Page): Promise<object> {
  await openDocument(page, 'triage.agent', `${activeTab}:has-text("triage.agent.yaml")`);
  await page.getByLabel('System prompt').first().waitFor();
  const times: number[] = [];
  for (let index = 0; index < TAB_SWITCHES; index++) {
    const diagram = index % 2 === 0;
    times.push(
      await timeOfKey(page, diagram ? 'Control+Alt+ArrowLeft' : 'Control+Alt+ArrowRight', {
        selector: diagram ? '.djs-container .djs-shape' : '.agentform',
      }),
    );
  }
  return figures('switching tabs between a diagram and an agent (goal < 50)', times);
}

/** Every letter of some words, each until its results are painted. */
export async function measurePalette(page: Page): Promise<object> {
  const times: number[] = [];
  for (const word of PALETTE_WORDS) {
    for (const prefix of ['Control+p', 'Control+Shift+p']) {
      await page.keyboard.press(prefix);
      await page.getByRole('dialog').getByRole('option').first().waitFor();
      let typed = prefix === 'Control+p' ? '' : '>';
      if (typed === '>') await page.keyboard.press('End');
      for (const letter of word) {
        typed += letter;
        times.push(await timeOfKey(page, letter, { selector: `[data-results-of="${typed}"]` }));
      }
      await page.keyboard.press('Escape');
    }
  }
  return figures('palette results over 5,000 documents and all commands (goal < 20)', times);
}

/** At the end of a source of 2,000 lines, and beside it what a key costs in Monaco alone on this machine. */
export async function measureTyping(page: Page, lines: number, bareMonaco: string): Promise<object> {
  await openDocument(page, 'long-tool', '.monaco-editor .view-line');
  const times = await keysAtTheEnd(page);
  await page.goto(`${bareMonaco}/?lines=${lines}`);
  const alone = await keysAtTheEnd(page);
  const p95 = (of: readonly number[]) => percentile(of, 0.95);
  return {
    ...figures(`a key in a tool of ${lines.toLocaleString('en')} lines (goal p95 < 16)`, times),
    ...figures('the same key in Monaco alone', alone),
    'p95 of a key in the workbench over that in Monaco alone, ratio': rounded(p95(times) / p95(alone), 2),
  };
}

async function keysAtTheEnd(page: Page): Promise<number[]> {
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// ');
  const times: number[] = [];
  let typed = '// ';
  for (const letter of SENTENCE) {
    typed += letter;
    times.push(
      await timeOfKey(page, letter === ' ' ? 'Space' : letter, {
        selector: '.monaco-editor .view-lines',
        text: typed.slice(-12),
      }),
    );
  }
  return times;
}
