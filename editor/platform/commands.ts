import type { Disposable } from '../base/disposable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { ContextKeys } from './context.ts';
import type { IconName } from './icons.ts';
import { whenHolds } from './when.ts';

/** Everything a user can do has an id: palette, key, menu and tests use the same table. */
export interface Command {
  /** `workflow.run`, `view.toggleSideBar`. */
  id: string;
  /** Sentence case, verb first: `Toggle side bar`. Ends in `…` if more is asked. */
  title: string;
  /** Before the title in the palette: `View: Toggle side bar`. */
  category?: string;
  icon?: IconName;
  /** When-clause; while it does not hold the command does nothing and the palette leaves it out. */
  when?: string;
  /** `false` keeps it out of the palette: it needs arguments. */
  palette?: boolean;
  /** Expected failures are shown by the command itself (notifications); what it throws is a bug. */
  run(...args: unknown[]): unknown;
}

export interface Commands extends Omit<Registry<Command>, 'register'> {
  register(command: Command): Disposable;
  /** Runs a command if it exists and its when-clause holds; answers what the command answers. */
  run(id: string, ...args: unknown[]): Promise<unknown>;
  enabled(id: string): boolean;
  /** Those under way. */
  running(): readonly RunningCommand[];
}

export interface RunningCommand {
  id: string;
  args: readonly unknown[];
}

export function createCommands(
  context: ContextKeys,
  bug: (error: unknown, commandId: string) => void,
): Commands {
  const registry = createRegistry<Command>('command', (command) => command.id);
  const running = new Set<RunningCommand>();
  const enabled = (id: string) => {
    const command = registry.get(id);
    return command !== undefined && whenHolds(command.when, context);
  };
  return {
    ...registry,
    enabled,
    running: () => [...running],
    async run(id, ...args) {
      if (!enabled(id)) return undefined;
      const own = { id, args };
      running.add(own);
      try {
        return await registry.get(id)?.run(...args);
      } catch (error) {
        bug(error, id);
        return undefined;
      } finally {
        running.delete(own);
      }
    },
  };
}
