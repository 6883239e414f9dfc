// A broker process to be killed: keeps 50 commands in flight and prints the key of each one that was acknowledged.
import { writeSync } from 'node:fs';
import { realDisk } from '../../dist/broker/log/logDisk.js';
import { startBroker } from '../../dist/broker/stream/startBroker.js';
import { publish, toyDomain } from '../../dist/broker/stream/toyDomain.js';

const [dataDirectory] = process.argv.slice(2);

const broker = await startBroker({
  dataDirectory,
  world: {
    now: () => Date.now(),
    // time passes 500 times as fast, so that the process is killed in the middle of checkpoints too
    schedule(ms, callback) {
      const timer = setTimeout(callback, ms / 500);
      return () => clearTimeout(timer);
    },
  },
  feel: {},
  maxPendingCommands: 1000,
  domain: toyDomain,
  // a busy disk: what is acknowledged before it is written is still unwritten when the process is killed
  disk: {
    ...realDisk,
    async write(file, bytes, position) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await realDisk.write(file, bytes, position);
    },
  },
});

async function publishForEver(writer) {
  for (;;) {
    const outcome = await broker.execute(publish(`writer ${writer}`, { echo: writer % 3 }));
    if (!outcome.ok) throw new Error(outcome.failure.reason);
    writeSync(1, `${outcome.value.key}\n`);
  }
}

for (let writer = 0; writer < 50; writer++) void publishForEver(writer);
