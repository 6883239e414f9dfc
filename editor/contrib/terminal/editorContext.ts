import { failed, ok } from '@baton/engine/protocol';
import { table } from '@baton/gateway/api';
import {
  type CommandContext,
  exitCodes,
  type Files,
  failure,
  type Input,
  type Paint,
  refused,
} from '@baton/gateway/commands';
import type { Platform } from '../../platform/platform.ts';
import { openAddress } from '../../workbench/address.ts';

export interface Console {
  data(line: string): void;
  say(line: string): void;
  paint: Paint;
  input: Input;
  signal: AbortSignal;
}

/** ms after which a run that is followed is looked at, should an event have been missed. */
const lookAgainAfter = 5_000;

/** What commands run in as the signed-in user of the editor. */
export function editorContext(
  platform: Platform,
  files: Files,
  origin: string,
  { data, say, paint, input, signal }: Console,
): Omit<CommandContext, 'format'> {
  const { api, live, me, clock, timers } = platform;
  const elsewhere = failure(
    `Expected to sign in at the program, but you are signed in as ${me.user.username} here`,
    'Signing in and out is in the menu of the account.',
  );
  return {
    api,
    signIn: {
      server: origin,
      withPassword: async () => failed(elsewhere),
      withApiKey: async () => failed(elsewhere),
      leave: async () => failed(elsewhere),
    },
    files,
    input,
    output: { data, say, paint, person: true },
    async open(hash) {
      if (hash !== '') openAddress(platform, hash);
      return `${origin}/${hash}`;
    },
    async feel(expression, context) {
      const answer = await api.call(table.feel.evaluate, { body: { expression, context } });
      if (!answer.ok) return failed({ message: answer.failure.message, exitCode: exitCodes.failed });
      if (answer.value.ok) return ok(answer.value);
      const { message, offset } = answer.value;
      return failed({ message, ...(offset !== undefined && { offset }) });
    },
    linters: {
      '.bpmn': async (xml) => {
        const checked = await api.call(table.workflows.validateWorkflow, { body: { xml } });
        return checked.ok ? ok(checked.value.problems) : failed(refused(checked.failure));
      },
      '.tool.ts': async (source, beside) => {
        const content = { ...definitionIn(await beside('.tool.json')), source };
        const checked = await api.call(table.tools.validate, { body: { content } });
        if (!checked.ok) return failed(refused(checked.failure));
        // What the definition has wrong is said of its own file.
        return ok(checked.value.problems.filter(({ path }) => path[1] === 'source'));
      },
    },
    watch(topic, changed) {
      const heard = live.subscribeTopic(topic, { event: changed, reset: changed });
      let timer = timers.after(lookAgainAfter, again);
      function again() {
        changed();
        timer = timers.after(lookAgainAfter, again);
      }
      return () => {
        heard.dispose();
        timer.dispose();
      };
    },
    now: clock.now,
    signal,
    version: platform.configuration.version,
  };
}

/** What the definition beside a source says; nothing, where it cannot be read, as is said of its own file. */
function definitionIn(text = '{}'): object {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
