import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { createLocalModels, type LocalModels } from '@baton/engine/llm';
import { inventory, type LocalPlaces, libraryIn } from '../localModels/inventory.ts';
import { launchProgram } from '../localModels/launchProgram.ts';
import type { Configuration } from './config.ts';

export interface LocalModelsSettings {
  configuration: Pick<Configuration, 'BATON_DATA' | 'LOCAL_MODELS' | 'LOCAL_RUNTIME' | 'LOCAL_MEMORY'>;
  /** Folder of the product. */
  root: string;
  /** Compiled `localModels/main.js`. */
  script: URL;
  schedule(ms: number, callback: () => void): () => void;
}

/** Models in GGUF files of this machine. Nothing is started before the first question. */
export function openLocalModels({ configuration, root, script, schedule }: LocalModelsSettings): LocalModels {
  const { BATON_DATA, LOCAL_MODELS, LOCAL_RUNTIME, LOCAL_MEMORY } = configuration;
  const runtime = LOCAL_RUNTIME ?? join(BATON_DATA, 'local-runtime');
  const places: LocalPlaces = {
    models: LOCAL_MODELS ?? join(BATON_DATA, 'local-models'),
    libraries: [
      join(runtime, 'node_modules', 'node-llama-cpp'),
      join(root, 'node_modules', 'node-llama-cpp'),
    ],
  };
  return createLocalModels({
    inventory: () => inventory(places),
    launch: (events) =>
      launchProgram(script, {
        library: libraryIn(places) ?? '',
        // One is left for the product: threads of a model wait for each other by turning in circles.
        threads: Math.max(1, availableParallelism() - 1),
        memory: LOCAL_MEMORY ?? Math.floor(totalmem() / 2_000_000),
      })(events),
    schedule,
    idleAfter: 300_000,
    patience: 10_000,
    longestQueue: 100,
  });
}
