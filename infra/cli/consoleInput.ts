import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { failed, ok } from '@baton/engine/protocol';
import type { Input } from '@baton/gateway/commands';

/** What somebody types or pipes in; questions go to `asking`, and secrets are not echoed. */
export function consoleInput(stdin: NodeJS.ReadStream, asking: NodeJS.WriteStream): Input {
  return {
    async text() {
      if (stdin.isTTY) return failed({ message: 'Expected a text on standard input, but it is a terminal' });
      return ok(await textOf(stdin));
    },
    async ask(question, secret = false) {
      if (!stdin.isTTY)
        return failed({
          message: `Expected somebody to answer "${question.replace(/:\s*$/, '')}", but nobody is at the terminal`,
        });
      asking.write(question);
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output: secret ? silent : asking, terminal: true });
      try {
        return ok(await lines.question(''));
      } catch {
        return failed({ message: 'Expected an answer, but it was broken off' });
      } finally {
        lines.close();
        if (secret) asking.write('\n');
      }
    },
  };
}
