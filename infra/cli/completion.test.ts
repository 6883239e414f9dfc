import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ran } from './testProgram.ts';

const execute = promisify(execFile);

async function isThere(shell: string): Promise<boolean> {
  return execute(shell, ['-c', 'exit 0']).then(
    () => true,
    () => false,
  );
}

const workflow = { id: 'w-1', name: 'Order one', bpmnProcessId: 'order', version: 2, hash: 'h' };
const list = { items: [workflow], total: 1, limit: 50, offset: 0, has_more: false };

let folder: string;
let program: Server;
let environment: NodeJS.ProcessEnv;

/** `baton` on the path of the shells: it hands its words to the program in this process, over a server that has one workflow. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-completion-'));
  program = createServer(async (request, response) => {
    const words = JSON.parse(await text(request)) as string[];
    const { out } = await ran(words, {
      environment: { BATON_URL: 'https://baton.example', BATON_API_KEY: 'key' },
      fetch: async () => new Response(JSON.stringify(list)),
    });
    response.end(out === '' ? '' : `${out}\n`);
  });
  await new Promise<void>((listening) => program.listen(0, '127.0.0.1', listening));
  const { port } = program.address() as AddressInfo;
  const baton = join(folder, 'baton');
  writeFileSync(
    baton,
    `#!${process.execPath}
const { request } = require('node:http');
request({ host: '127.0.0.1', port: ${port}, method: 'POST' }, (answer) => answer.pipe(process.stdout)).end(
  JSON.stringify(process.argv.slice(2)),
);
`,
  );
  chmodSync(baton, 0o755);
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(join(folder, shell), `${(await ran(['completion', shell], {})).out}\n`);
  environment = {
    PATH: [folder, process.env.PATH].join(delimiter),
    HOME: folder,
    TERM: 'dumb',
    LC_ALL: 'C.UTF-8',
  };
});
afterAll(async () => {
  await new Promise((closed) => program.close(closed));
  rmSync(folder, { recursive: true });
});

const said = async (shell: string, words: string[]) =>
  (await execute(shell, words, { cwd: folder, env: environment })).stdout.trimEnd();

/** What the shell would put in place of the last word; words as they are typed, quotes included. */
const shells: { [shell: string]: (typed: readonly string[]) => Promise<string> } = {
  /** As readline calls the function: with the words as they stand in the line. */
  bash: (typed) =>
    said('bash', [
      '--norc',
      '-c',
      `source ./bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_baton
printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      'baton',
      ...typed,
    ]),
  /** In a terminal: the line after the tab key. */
  async zsh(typed) {
    const line = await said('zsh', [
      '-f',
      '-c',
      `zmodload zsh/zpty
mkfifo line.$$
zpty shell "zsh -f -i"
zpty -w shell "unsetopt beep; autoload -U compinit; compinit -u -d $PWD/dump; source ./zsh"
zpty -w shell "show() { print -r -- \\"\\$BUFFER\\" > $PWD/line.$$ }; zle -N show; bindkey '^X' show"
zpty -w -n shell "$1"$'\\t\\x18'
read -r line < line.$$
zpty -d shell
print -r -- $line`,
      'zsh',
      ['baton', ...typed].join(' '),
    ]);
    return line.slice(['baton', ...typed.slice(0, -1), ''].join(' ').length).trimEnd();
  },
  /** Fish answers candidates as they are, and quotes them itself as they are put in. */
  fish: async (typed) => {
    const line = ['baton', ...typed].join(' ');
    const found = await said('fish', ['--no-config', '-c', 'source ./fish; complete -C "$argv[1]"', line]);
    return found
      .split('\n')
      .map((candidate) => candidate.split('\t', 1)[0]!.replace(/ /g, '\\ '))
      .join('\n');
  },
};

const there = new Map(
  await Promise.all(Object.keys(shells).map(async (shell) => [shell, await isThere(shell)] as const)),
);

describe.each(Object.entries(shells))('%s', (shell, completed) => {
  it.skipIf(!there.get(shell))('completes a command', async () => {
    expect(await completed(['pub'])).toBe('publish');
  });

  it.skipIf(!there.get(shell))('completes an option', async () => {
    expect(await completed(['list', 'runs', '--w'])).toBe('--where');
  });

  it.skipIf(!there.get(shell))('completes the name of a document, which has a space in it', async () => {
    expect(await completed(['get', 'workflow', 'Or'])).toBe('Order\\ one');
    expect(await completed(['get', 'workflow', 'Order\\ o'])).toBe('Order\\ one');
    expect(await completed(['get', 'workflow', "'Order o"])).toMatch(/^'?Order\\? one'?$/);
  });

  it.skipIf(!there.get(shell))('completes nothing where there is nothing', async () => {
    expect(await completed(['get', 'workflow', 'Nothing'])).toMatch(/^(?:Nothing)?$/);
  });
});
