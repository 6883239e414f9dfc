import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ran } from '../cli/testProgram.ts';
import { findChromium, openBrowser } from './browser.ts';
import { stage } from './stage.ts';
import { signIn } from './steps.ts';

const order = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="order" isExecutable="true">
    <bpmn:startEvent id="placed"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="placed" targetRef="check" />
    <bpmn:userTask id="check" name="Check order"><bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="done" />
    <bpmn:endEvent id="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
`;

const executablePath = findChromium();

describe('the commands of baton', () => {
  const on = stage();
  const configuration = join(on.folder, 'config');

  /** The program with these words, as whoever signed in. */
  const baton = (...words: string[]) => ran(words, { configuration, fetch, stdin: 'designer\n' });

  it('sign in, deploy a file, run it to its end, and tell what happened', async () => {
    const login = await baton('login', on.product.address, '-u', 'designer', '--password-stdin');
    expect(login).toMatchObject({ code: 0, out: '' });

    const file = join(on.folder, 'order.bpmn');
    writeFileSync(file, order);
    expect(await baton('lint', file)).toMatchObject({ code: 0, out: '' });

    const running = baton('run', file, '--var', 'amount=12', '-o', 'json');
    let task = '';
    while (task === '') task = (await baton('list', 'user-tasks', '-w', 'state=CREATED', '-o', 'name')).out;
    expect(await baton('complete', task, '--var', 'approved=true')).toMatchObject({ code: 0, out: '' });
    const { code, out, err } = await running;
    expect(code).toBe(0);
    const run = JSON.parse(out);
    expect(run).toMatchObject({ state: 'COMPLETED', variables: { amount: 12, approved: true } });
    expect(err).toContain('check waits for a person');

    expect((await baton('log', run.key)).out).toContain('✓ done end event');
    expect((await baton('open', 'run', run.key)).out).toBe(`${on.product.address}/#/run/${run.key}`);
    expect(await baton('publish', 'message', 'paid', '--key', '17')).toMatchObject({ code: 0 });
    expect(await baton('cancel', run.key)).toMatchObject({ code: 3, out: '' });
  });

  it('write documents as files and read them back without a change', async () => {
    const to = join(on.folder, 'files');
    // A designer reads tools but writes none.
    expect(await baton('export', to, '--kinds', 'workflow,agent,prompt,task')).toMatchObject({ code: 0 });
    const names = readdirSync(to, { recursive: true }).map(String);
    expect(names).toContain(join('workflows', 'order.bpmn'));
    expect(readFileSync(join(to, 'workflows', 'order.bpmn'), 'utf8')).toBe(order);
    const again = await baton('import', to, '--check', '-o', 'json');
    expect(again.code).toBe(0);
    const actions = (JSON.parse(again.out) as { action: string }[]).map(({ action }) => action);
    expect(actions).not.toContain('created');
    expect(actions).not.toContain('refused');
  });

  it.skipIf(!executablePath)(
    'run in the editor’s terminal and from the palette, as who is signed in',
    async () => {
      const browser = await openBrowser(executablePath as string);
      const page = await browser.newPage();
      await signIn(page, on.product.address, 'designer');
      await page.keyboard.press('Control+Shift+P');
      await page.getByRole('dialog').getByRole('combobox').fill('>Show terminal');
      await page.getByRole('option', { name: /Show terminal/ }).click();
      const screen = page.locator('.xterm-rows');
      await screen.getByText('designer@acme').first().waitFor();
      await page.locator('.xterm-helper-textarea:focus').waitFor({ state: 'attached' });

      await page.keyboard.type('list work\t-o name\r');
      await screen.getByText(/^order$/).waitFor();

      await page.keyboard.type('start ord\t --var amount=3\r');
      const link = screen.getByText(/^✓ order version 1/);
      await link.waitFor();

      await page.keyboard.type("feel evaluate 'amount * 2' -v amount=21\r");
      await screen.getByText(/^42$/).waitFor();
      await browser.close();
    },
  );
});
