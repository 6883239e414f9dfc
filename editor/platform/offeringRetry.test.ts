import { expect, it } from 'vitest';
import { manualTimers } from '../test/manualTimers.ts';
import { createCommands } from './commands.ts';
import { createContextKeys } from './context.ts';
import { createNotifications } from './notifications.ts';
import { offeringRetry } from './offeringRetry.ts';

const away = {
  code: 'UNREACHABLE',
  message: 'Expected an answer from the server, but the connection failed',
};

it('offers to try again what could not reach the server', async () => {
  const { clock, timers } = manualTimers();
  const commands = createCommands(createContextKeys(), () => {});
  const notifications = offeringRetry(createNotifications(clock, timers), () => commands);
  const asked: unknown[] = [];
  commands.register({
    id: 'run.start',
    title: 'Start',
    async run(name) {
      asked.push(name);
      await Promise.resolve();
      if (asked.length === 1) notifications.failure(away);
    },
  });
  await commands.run('run.start', 'triage');

  const [said] = notifications.getState();
  expect(said?.actions?.map(({ title }) => title)).toEqual(['Try again']);
  said?.actions?.[0]?.run();
  expect(asked).toEqual(['triage', 'triage']);

  notifications.failure({ code: 'FORBIDDEN', message: 'Expected the permission, but it is missing' });
  expect(notifications.getState()[0]?.actions).toEqual([]);
});
