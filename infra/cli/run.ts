import { replayRun } from '@baton/engine/agents';
import { createFeel, evaluateText } from '@baton/engine/feel';
import {
  type CommandContext,
  commands,
  exitCodes,
  type Input,
  paintFor,
  plain,
  runCommand,
} from '@baton/gateway/commands';
import { linters } from './linters.ts';
import { localFiles } from './localFiles.ts';
import { createSessions } from './sessions.ts';
import { createSignIn } from './signIn.ts';

/** Where the program runs. */
export interface Place {
  environment: { readonly [name: string]: string | undefined };
  /** `$XDG_CONFIG_HOME/baton`. */
  configuration: string;
  version: string;
  isTTY: boolean;
  say(line: string): void;
  complain(line: string): void;
  input: Input;
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  /** Calls after so many ms; answers how to take that back. */
  after(ms: number, call: () => void): () => void;
  /** Shows an address in the browser, where there is one. */
  show(address: string): void;
  signal: AbortSignal;
}

/** ms between two looks at a run that is followed. */
const lookEvery = 500;

const environment = [
  'BATON_URL and BATON_API_KEY name server and key in place of baton login; NO_COLOR takes the colours away.',
];

/** The program `baton`, from its arguments to how it ends. */
export async function run(words: readonly string[], place: Place): Promise<number> {
  const { environment: env, signal, now } = place;
  const person = place.isTTY;
  const { api, signIn } = createSignIn({
    url: env.BATON_URL,
    apiKey: env.BATON_API_KEY,
    sessions: createSessions(place.configuration),
    fetch: place.fetch,
    now,
  });
  const addressOf = (hash: string) => `${signIn.server}/${hash}`;
  const feel = createFeel();
  const context: Omit<CommandContext, 'format'> = {
    api,
    signIn,
    files: localFiles,
    input: place.input,
    output: {
      data: place.say,
      say: place.complain,
      person,
      paint: person && !env.NO_COLOR ? paintFor(addressOf) : plain,
    },
    async open(hash) {
      const address = addressOf(hash);
      if (person) place.show(address);
      return address;
    },
    feel: async (expression, sees) => evaluateText(feel, expression, sees, now()),
    linters: linters(feel),
    recordings: { replay: (recording) => replayRun(recording) },
    watch(_topic, changed) {
      let stop = () => {};
      const again = () => {
        stop = place.after(lookEvery, () => {
          changed();
          again();
        });
      };
      again();
      return () => stop();
    },
    now,
    signal,
    version: place.version,
  };
  try {
    return await runCommand({ commands, words, context, about: environment });
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    place.complain((error as Error).message);
    return exitCodes.failed;
  }
}
