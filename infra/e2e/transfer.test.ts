import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { undrawnProcess } from './drawing.ts';
import { describeInBrowser } from './stage.ts';
import { runCommand, signIn } from './steps.ts';

const greeting = undrawnProcess('greeting');

describeInBrowser('documents and the desktop', (on) => {
  let page: Page;

  beforeAll(async () => {
    page = await on.newPage();
    await signIn(page, on.product.address, 'admin');
  });
  const dialog = () => page.getByRole('dialog');
  async function exported(): Promise<Buffer> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      runCommand(page, 'Export all documents'),
    ]);
    return readFileSync(await download.path());
  }
  async function importing(path: string): Promise<void> {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      runCommand(page, 'Import files…'),
    ]);
    await chooser.setFiles(path);
  }
  /** Lets go of a file or folder of the desktop over the editor, as the browser does it. */
  async function drop(file: string, meanwhile?: () => Promise<unknown>): Promise<void> {
    const client = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      client.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
    await send('dragEnter');
    await send('dragOver');
    await meanwhile?.();
    await send('drop');
    await client.detach();
  }

  it('export an archive, import it changed, and import it as it was: the same bytes again', async () => {
    const first = await exported();
    const files = unzipSync(first);
    const names = Object.keys(files);
    const agent = names.find((name) => name.endsWith('.agent.yaml'))!;
    const workflow = names.find((name) => name.endsWith('.bpmn'))!;
    const changed = {
      ...files,
      [agent]: strToU8(strFromU8(files[agent]!).replace(/description: .*/, 'description: Another one')),
      [workflow]: strToU8(`${strFromU8(files[workflow]!).trimEnd()}\n<!-- changed -->\n`),
    };
    const archive = join(on.folder, 'changed.zip');
    writeFileSync(archive, zipSync(changed));

    await importing(archive);
    await dialog().getByText('2 documents are there already').waitFor();
    await dialog().getByLabel(`For ${agent}`).selectOption('Leave out');
    await dialog().getByRole('button', { name: 'Import' }).click();
    await page
      .getByText(/1 as new versions, \d+ unchanged, 1 left out/)
      .first()
      .waitFor();
    const second = unzipSync(await exported());
    expect(names.filter((name) => !Buffer.from(second[name]!).equals(files[name]!))).toEqual([workflow]);

    const original = join(on.folder, 'original.zip');
    writeFileSync(original, first);
    await importing(original);
    await dialog().getByText('This document is there already').waitFor();
    await dialog().getByRole('button', { name: 'Import' }).click();
    await page
      .getByText(/1 as new versions, \d+ unchanged\./)
      .first()
      .waitFor();
    expect((await exported()).equals(first)).toBe(true);
  });

  it('what is dropped on the window becomes documents, and what cannot is said with its line', async () => {
    const file = join(on.folder, 'Greeting.bpmn');
    writeFileSync(file, greeting);
    await drop(file);
    await page.getByRole('tab', { name: 'Greeting.bpmn' }).waitFor();

    const notes = join(on.folder, 'handbook');
    mkdirSync(join(notes, 'deep'), { recursive: true });
    writeFileSync(join(notes, 'deep', 'Welcome.md'), '# Welcome\n');
    writeFileSync(join(notes, 'broken.task.json'), '{\n  "description": \n}\n');
    await drop(notes);
    await dialog().getByText('Some files cannot be imported').waitFor();
    await dialog()
      .getByText(/broken\.task\.json:3 /)
      .waitFor();
    await dialog().getByRole('button', { name: 'Import' }).click();
    await page.getByRole('tab', { name: 'Welcome.md' }).waitFor();
    await page
      .getByText(/1 new, 1 refused/)
      .first()
      .waitFor();
  });

  it('what is dropped is taken when the editor below the pointer has just changed', async () => {
    const file = join(on.folder, 'Late.md');
    writeFileSync(file, '# Late\n');
    await drop(file, async () => {
      // As it happens by itself when a document has loaded; the mouse is not moved.
      await page.getByRole('tab', { name: 'Greeting.bpmn' }).dispatchEvent('pointerdown', { button: 0 });
      await page.locator('[data-element-id="begin"]').waitFor();
    });
    await page.getByRole('tab', { name: 'Late.md' }).waitFor();
  });

  it('a document is dragged out as its file', async () => {
    await page.evaluate(() => {
      addEventListener('dragstart', (event) => {
        document.title = event.dataTransfer?.getData('DownloadURL') ?? '';
      });
    });
    const answer = page.waitForResponse(/documents\/export/);
    const row = page.getByRole('treeitem', { name: 'Greeting.bpmn' });
    const box = (await row.boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 10);
    await page.mouse.down();
    await (await answer).finished();
    await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
    await page.waitForFunction(() => document.title.includes('Greeting.bpmn:blob:'));
    await page.mouse.up();
    const address = (await page.title()).replace('text/plain:Greeting.bpmn:', '');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.evaluate(
        (href) => Object.assign(document.createElement('a'), { href, download: 'a' }).click(),
        address,
      ),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(greeting);
  });
});
