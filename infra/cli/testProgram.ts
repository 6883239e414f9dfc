import { failed, ok } from '@baton/engine/protocol';
import { type Place, run } from './run.ts';

/** The program in a test: what it wrote, apart and together. */
export interface Ran {
  code: number;
  /** Standard output and error, in the order in which they were written. */
  said: string;
  out: string;
  err: string;
}

/** Runs the program with these words, where nobody looks on and the network is what the test says. */
export async function ran(
  words: readonly string[],
  place: Partial<Place> & { stdin?: string; answers?: readonly string[] },
): Promise<Ran> {
  const said: string[] = [];
  const out: string[] = [];
  const err: string[] = [];
  const answers = [...(place.answers ?? [])];
  const code = await run(words, {
    environment: {},
    configuration: '/nowhere/of/nobody',
    version: '0.0.0',
    isTTY: false,
    say(line) {
      out.push(line);
      said.push(line);
    },
    complain(line) {
      err.push(line);
      said.push(line);
    },
    input: {
      text: async () => ok(place.stdin ?? ''),
      ask: async (question) => {
        const answer = answers.shift();
        return answer === undefined ? failed({ message: `Expected an answer to ${question}` }) : ok(answer);
      },
    },
    fetch: async () => {
      throw new Error('the network is cut');
    },
    now: () => 0,
    after: (_ms, call) => {
      const waiting = setImmediate(call);
      return () => clearImmediate(waiting);
    },
    show: () => {},
    signal: new AbortController().signal,
    ...place,
  });
  return { code, said: said.join('\n'), out: out.join('\n'), err: err.join('\n') };
}
