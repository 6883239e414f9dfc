import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LocalFailure, ModelFile } from '@baton/engine/llm';
import { failed, ok, type Result } from '@baton/engine/protocol';

export interface LocalPlaces {
  /** Folder of the models. */
  models: string;
  /** Where the library may be, the first one first. */
  libraries: readonly string[];
}

/** Entry of the library in a folder `node-llama-cpp`. */
const entry = join('dist', 'index.js');

export const libraryIn = ({ libraries }: LocalPlaces): string | undefined =>
  libraries.map((folder) => join(folder, entry)).find((file) => existsSync(file));

/** Models in the folder and those below it, by name; of one in several files the first. */
export async function inventory(places: LocalPlaces): Promise<Result<ModelFile[], LocalFailure>> {
  if (!libraryIn(places)) {
    return failed({
      code: 'LOCAL_RUNTIME_MISSING',
      message:
        'Expected node-llama-cpp, which runs models on this machine, but it is not installed: `npm run local-models` installs it',
    });
  }
  const names = await readdir(places.models, { recursive: true }).catch((): string[] => []);
  const files = await Promise.all(
    names
      .filter((name) => /\.gguf$/i.test(name) && !/-(?!0*1-)\d{5}-of-\d{5}\.gguf$/i.test(name))
      .map((name) => modelFile(places.models, join(places.models, name))),
  );
  const found = files.filter((file) => file !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
  return found.length > 0
    ? ok(found)
    : failed({
        code: 'LOCAL_MODEL_MISSING',
        message: `Expected a model in a GGUF file in ${places.models}, but there is none`,
      });
}

async function modelFile(folder: string, path: string): Promise<ModelFile | undefined> {
  try {
    const { size } = await stat(path);
    const file = await open(path);
    try {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
      if (buffer.toString('latin1') !== 'GGUF') return undefined;
    } finally {
      await file.close();
    }
    const name = relative(folder, path)
      .split(sep)
      .join('/')
      .replace(/\.gguf$/i, '');
    return { name, path, size };
  } catch {
    // Taken away, or not ours to read.
    return undefined;
  }
}
