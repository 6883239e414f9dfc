import type { Candidate } from '@baton/gateway/commands';
import { Terminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import { memoryStorage } from '../../platform/host.ts';
import { createHistory } from './history.ts';
import { createShell } from './shell.ts';

/** A shell on a screen as wide as this, whose commands only say their words. */
function shell({ columns = 40, lines = [] as string[], candidates = [] as Candidate[] } = {}) {
  const storage = memoryStorage();
  const history = createHistory(storage);
  for (const line of lines) history.add(line);
  const ran: string[][] = [];
  const asked: string[][] = [];
  let written = '';
  let end = () => {};
  const made = createShell({
    screen: {
      write: (text) => {
        written += text;
      },
      clear: () => {
        written = '';
      },
      columns,
    },
    history,
    prompt: '$ ',
    greeting: ['Hello'],
    async run(words, { line, signal, input }) {
      ran.push([...words]);
      if (words[0] === 'long')
        await new Promise<void>((resolve) => {
          end = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      if (words[0] === 'ask') {
        const answer = await input.ask('Password: ', true);
        line(answer.ok ? `it is ${answer.value.length} long` : answer.failure.message);
      } else line(`did ${words.join('+')}`);
    },
    async complete(before, current) {
      asked.push([...before, current]);
      return candidates.filter(({ text }) => text.startsWith(current));
    },
  });
  /** What a person sees: the rows of the screen. */
  const seen = async () => {
    const terminal = new Terminal({ cols: columns, rows: 30, allowProposedApi: true });
    await new Promise<void>((resolve) => terminal.write(written, resolve));
    const { active } = terminal.buffer;
    const rows: string[] = [];
    for (let at = 0; at < active.length; at += 1)
      rows.push(active.getLine(at)?.translateToString(true) ?? '');
    return {
      rows: rows.join('\n').trimEnd().split('\n'),
      cursor: [active.cursorY, active.cursorX],
    };
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { ...made, seen, ran, asked, history, settled, finish: () => end() };
}

it('runs what is typed, with or without the program’s name, and asks again', async () => {
  const it = shell();
  it.type('baton list runs\r');
  await it.settled();
  it.type("get agent 'my agent'\r");
  await it.settled();

  expect(it.ran).toEqual([
    ['list', 'runs'],
    ['get', 'agent', 'my agent'],
  ]);
  expect((await it.seen()).rows).toEqual([
    'Hello',
    '$ baton list runs',
    'did list+runs',
    "$ get agent 'my agent'",
    'did get+agent+my agent',
    '$',
  ]);
});

it('edits in the middle of a line that takes several rows', async () => {
  const it = shell({ columns: 10 });
  it.type('abcdefghijklmnop');
  it.type('\u001b[H\u001b[C\u001b[CX');
  expect(await it.seen()).toEqual({ rows: ['Hello', '$ abXcdefg', 'hijklmnop'], cursor: [1, 5] });

  it.type('\u0005\u0017');
  expect(await it.seen()).toEqual({ rows: ['Hello', '$'], cursor: [1, 2] });
});

it('keeps what was run, walks in it and searches it', async () => {
  const it = shell({ lines: ['list runs', 'get agent one', 'deploy order'] });
  it.type('lint\u001b[A\u001b[A');
  expect((await it.seen()).rows.at(-1)).toBe('$ get agent one');
  it.type('\u001b[B\u001b[B');
  expect((await it.seen()).rows.at(-1)).toBe('$ lint');
  it.type('\u0015\u0012r');
  expect((await it.seen()).rows.at(-1)).toBe('(search) r  deploy order');
  it.type('\u0012');
  expect((await it.seen()).rows.at(-1)).toBe('(search) r  list runs');
  it.type('\r');
  await it.settled();
  expect(it.ran).toEqual([['list', 'runs']]);
});

it('Tab goes on as far as there is one way, and shows what there is at the second one', async () => {
  const it = shell({ candidates: [{ text: 'Order one' }, { text: 'Order two' }] });
  it.type('get workflow O\t');
  await it.settled();
  expect(it.asked).toEqual([['get', 'workflow', 'O']]);
  expect((await it.seen()).rows.at(-1)).toBe("$ get workflow 'Order");
  it.type('\t');
  await it.settled();
  it.type('\t');
  await it.settled();
  expect((await it.seen()).rows.slice(-2)).toEqual(['Order one  Order two', "$ get workflow 'Order"]);
  it.type('t\t');
  await it.settled();
  expect((await it.seen()).rows.at(-1)).toBe("$ get workflow 'Order two'");
});

it('what is typed while names are read comes after them', async () => {
  const it = shell({ candidates: [{ text: 'order' }] });
  it.type('get workflow or\t--json\r');
  await it.settled();
  await it.settled();
  expect(it.ran).toEqual([['get', 'workflow', 'order', '--json']]);
});

it('Ctrl+C ends a command, and a line that is not wanted', async () => {
  const it = shell();
  it.type('nothing\u0003');
  it.type('long\r');
  await it.settled();
  expect(it.busy()).toBe(true);
  it.type('next\r\u0003');
  await it.settled();
  await it.settled();
  expect(it.ran).toEqual([['long'], ['next']]);
  expect(it.busy()).toBe(false);
});

it('a secret is not shown, and not kept', async () => {
  const it = shell();
  it.type('ask\r');
  it.type('geheim\r');
  await it.settled();
  const { rows } = await it.seen();
  expect(rows.join('\n')).not.toContain('geheim');
  expect(rows).toContain('it is 6 long');
  expect(it.history.lines()).toEqual(['ask']);
});

it('a paste of several lines is one line that nobody has run yet, and steers nothing', async () => {
  const it = shell();
  it.type('\u001b[200~list\r\nruns\u001b[2J\r\n\u001b[201~');
  expect(it.ran).toEqual([]);
  expect((await it.seen()).rows.at(-1)).toBe('$ list runs[2J');
});

it('what only a shell can do is said, not guessed', async () => {
  const it = shell({ columns: 120 });
  it.type('list runs | head\r');
  it.type("get agent 'one\r");
  expect(it.ran).toEqual([]);
  const { rows } = await it.seen();
  expect(rows.join(' ')).toContain("'|' belongs to a shell");
  expect(rows.join(' ')).toContain("Expected another ' at the end");
});
