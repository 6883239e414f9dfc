import { fork } from 'node:child_process';
import type { FromLocalProgram, LaunchLocalProgram, ToLocalProgram } from '@baton/engine/llm';
import { outOfMemory, type ProgramArguments } from './programArguments.ts';

/** MB of the program's own objects; the model's memory is not among them. */
const ownMemory = 256;

/**
 * Starts the program that runs models, in a process: a fault in native code ends the whole process it is in, thread or not.
 * @param script compiled `main.js` of this folder
 */
export function launchProgram(script: URL, settings: ProgramArguments): LaunchLocalProgram {
  return ({ told, ended }) => {
    const child = fork(script, [JSON.stringify(settings)], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${ownMemory}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Nothing of the product's surroundings: no keys, no addresses.
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : { PATH: '/usr/bin:/bin' },
    });
    let over = false;
    const end = (because: string) => {
      if (over) return;
      over = true;
      ended(because);
    };
    child.on('message', (message) => told(message as FromLocalProgram));
    child.once('error', ({ message }) => end(`did not start: ${message}`));
    child.once('exit', (code, signal) => {
      if (code === outOfMemory) end(`needed more than the ${settings.memory} MB it may take (LOCAL_MEMORY)`);
      else end(signal ? `ended with ${signal}` : `ended with code ${code}`);
    });
    return {
      tell(message: ToLocalProgram) {
        if (child.connected) child.send(message, () => {});
      },
      end: () => void child.kill('SIGKILL'),
    };
  };
}
