import { run } from './run.ts';

/** Composition root of the program `baton`. */
export function main(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return run(argv, {
    environment,
    isTTY: process.stdout.isTTY === true,
    say: (line) => console.log(line),
    complain: (line) => console.error(line),
    fetch,
  });
}
