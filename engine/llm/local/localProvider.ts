import type { ModelProvider } from '../provider.ts';
import type { LocalModels } from './localModels.ts';

/**
 * A model in a file of this machine: no server, no key.
 * @param owner what is kept of a question for the next one is kept for this owner only
 */
export function createLocalProvider(name: string, owner: string, models: LocalModels): ModelProvider {
  return { name, generate: (request, signal, heard) => models.ask(owner, request, signal, heard) };
}
