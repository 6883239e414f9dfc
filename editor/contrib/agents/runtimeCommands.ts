import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AgentDocument } from './agentDocument.ts';
import type { RuntimeSwitch } from './agentRuntime.ts';

const when = "documentKind == 'agent' && permission:agents:write";

const commandsOf = {
  start: { title: 'Start agent', icon: 'codicon:play' },
  stop: { title: 'Stop agent', icon: 'codicon:debug-stop' },
  restart: { title: 'Restart agent', icon: 'codicon:debug-restart' },
} as const;

/** Start, stop and restart the agent in front. */
export function registerRuntime({ commands, editors, menus }: Platform): Disposable {
  return disposeAll(
    ...(Object.keys(commandsOf) as (keyof typeof commandsOf & keyof RuntimeSwitch)[]).flatMap((action) => {
      const id = `agents.${action}`;
      return [
        commands.register({
          id,
          ...commandsOf[action],
          category: 'Agent',
          when,
          run: () => (editors.active.getState() as AgentDocument | undefined)?.runtime[action](),
        }),
        menus.register('editor/title', { command: id, group: '4_runtime', when }),
      ];
    }),
  );
}
