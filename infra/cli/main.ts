import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { consoleInput } from './consoleInput.ts';
import { run } from './run.ts';

/** Composition root of the program `baton`. */
export async function main(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // A reader that has enough (`baton list … | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  try {
    return await run(words, {
      environment,
      configuration: join(environment.XDG_CONFIG_HOME || join(homedir(), '.config'), 'baton'),
      version,
      isTTY: process.stdout.isTTY === true,
      say: (line) => process.stdout.write(`${line}\n`),
      complain: (line) => process.stderr.write(`${line}\n`),
      input: consoleInput(process.stdin, process.stderr),
      fetch,
      now: Date.now,
      after(ms, call) {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      show(address) {
        const [program, ...words] =
          process.platform === 'darwin'
            ? ['open']
            : process.platform === 'win32'
              ? ['cmd', '/c', 'start', '']
              : ['xdg-open'];
        const child = spawn(program as string, [...words, address], { stdio: 'ignore', detached: true });
        // Without a browser the address that is written has to do.
        child.on('error', () => {});
        child.unref();
      },
      signal: interruption.signal,
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
