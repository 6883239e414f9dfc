import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { FromLocalProgram, ToLocalProgram } from '@baton/engine/llm';
import { type LlamaLibrary, llamaAnswers } from './llama.ts';
import { outOfMemory, type ProgramArguments } from './programArguments.ts';

const tell = (message: FromLocalProgram) => process.send?.(message);

function watchMemory(megabytes: number) {
  setInterval(() => {
    if (process.memoryUsage.rss() > megabytes * 1_000_000) process.exit(outOfMemory);
  }, 500).unref();
  try {
    // Linux: where memory runs out, this one goes first, and not the product.
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Other systems choose by themselves.
  }
}

async function main({ library, threads, memory }: ProgramArguments) {
  watchMemory(memory);
  const answers = llamaAnswers((await import(pathToFileURL(library).href)) as LlamaLibrary, {
    threads,
    memory,
  });
  const aborts = new Map<number, AbortController>();
  let turn: Promise<void> = Promise.resolve();

  process.on('message', (message: ToLocalProgram) => {
    const { id } = message;
    if (message.kind === 'abort') {
      aborts.get(id)?.abort();
      return;
    }
    const abort = new AbortController();
    aborts.set(id, abort);
    turn = turn.then(async () => {
      const result = await answers(message, abort.signal, (text) => tell({ kind: 'heard', id, text }));
      aborts.delete(id);
      tell({ kind: 'answered', id, result });
    });
  });
}

process.once('disconnect', () => process.exit(0));
await main(JSON.parse(process.argv[2] ?? '{}') as ProgramArguments);
