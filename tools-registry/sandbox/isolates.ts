import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSWASMModule,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import { createIsolate, type Isolate, IsolateBroken } from './isolate.ts';
import type { SliceDone, ToThread } from './thread.ts';

const PAGE = 64 * 1024;
/** Bytes a thread's isolates have at first and at most, together. */
const HEAP = { initial: 256 * PAGE, maximum: 1024 ** 3 };

/** What the engine says when it gives up is told by the call's outcome. */
const quiet: object = { printErr() {} };

/** The isolates of one thread, in one WebAssembly instance. */
export interface Isolates {
  /** @returns what came of it; nothing for `drop` */
  hear(message: ToThread): SliceDone | undefined;
  /** Makes the next isolate before it is asked for. */
  prepare(): void;
}

export async function createIsolates(now: () => number): Promise<Isolates> {
  const memory = new WebAssembly.Memory({
    initial: HEAP.initial / PAGE,
    maximum: HEAP.maximum / PAGE,
  });
  const engine: QuickJSWASMModule = await newQuickJSWASMModuleFromVariant(
    newVariant(RELEASE_SYNC, { wasmMemory: memory, emscriptenModule: quiet }),
  );
  const live = new Map<number, Isolate>();
  let spare: Isolate | undefined;

  /** @returns whether everything of it is gone */
  function over(id: number): boolean {
    const isolate = live.get(id);
    live.delete(id);
    try {
      isolate?.dispose();
      return true;
    } catch {
      return false;
    }
  }

  return {
    hear(message) {
      const { id } = message;
      if (message.do === 'drop') {
        if (!over(id)) throw new IsolateBroken('an isolate could not be cleared away');
        return undefined;
      }
      let isolate = live.get(id);
      if (message.do === 'begin') {
        isolate = spare ?? createIsolate(engine, now);
        spare = undefined;
        live.set(id, isolate);
      }
      // Dropped while its answer was on its way.
      if (!isolate) return { id, asks: [], logs: [], heap: memory.buffer.byteLength };
      const slice = message.do === 'begin' ? isolate.begin(message.job) : isolate.answer(message.reply);
      const broken = slice.end !== undefined && !over(id);
      return { id, ...slice, heap: memory.buffer.byteLength, ...(broken && { broken }) };
    },
    prepare() {
      spare ??= createIsolate(engine, now);
    },
  };
}
