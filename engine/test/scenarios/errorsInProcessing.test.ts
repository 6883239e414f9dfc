import { type BrokerOptions, commands, createHistory, openHistoryStore } from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import { createRestServer } from '@baton/engine/rest';
import { afterEach, expect, it } from 'vitest';
import { appliers } from '../../broker/appliers/index.ts';
import { checkers } from '../../broker/checkers/index.ts';
import { processors } from '../../broker/processing/commands/index.ts';
import { createQueries, createState, STATE_LAYOUT } from '../../broker/state/state.ts';
import { startBroker } from '../../broker/stream/startBroker.ts';
import { bpmn, end, path, serviceTask, start } from '../bpmn.ts';
import { Scenario } from '../scenario.ts';

const feel = createFeel();
const toClose: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
});

/** A broker with a fault: the element `faulty` cannot be completed. */
function faultyBroker(options: BrokerOptions) {
  const { COMPLETE_ELEMENT, ...others } = processors.PROCESS_INSTANCE;
  return startBroker({
    ...options,
    domain: {
      createState: (store) => createState(store, feel),
      createQueries,
      stateLayout: STATE_LAYOUT,
      processors: {
        ...processors,
        PROCESS_INSTANCE: {
          ...others,
          COMPLETE_ELEMENT(command, processing) {
            if (command.value.elementId === 'faulty') throw new Error('nobody thought of this');
            return COMPLETE_ELEMENT(command, processing);
          },
        },
      },
      appliers,
      checkers,
    },
  });
}

async function begun() {
  const scenario = await Scenario.begin(undefined, faultyBroker);
  const { broker } = scenario;
  const schedule = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  const history = createHistory({ broker, store: openHistoryStore(undefined), schedule, feel });
  const rest = createRestServer({
    broker,
    history,
    world: { now: () => scenario.now, schedule },
    uuid: () => '01890a5d-ac96-774b-bcce-b302099a8057',
  });
  const port = await rest.listen(0, '127.0.0.1');
  toClose.push(scenario, history, rest);
  const instance = async (key: number) =>
    (await fetch(`http://127.0.0.1:${port}/v2/process-instances/${key}`)).json();
  await scenario.deploy(
    bpmn(
      'stopped',
      start(),
      serviceTask('faulty'),
      serviceTask('after'),
      end(),
      path('start', 'faulty', 'after', 'end'),
    ),
  );
  await scenario.deploy(
    bpmn('sound', start(), serviceTask('well'), end(), path('start', 'well', 'end')),
    'sound.bpmn',
  );
  return { scenario, instance };
}

it('an instance that an error in processing stopped is shown with the error; others go on', async () => {
  const { scenario, instance } = await begun();
  const stopped = await scenario.started('stopped');
  const other = await scenario.started('sound');
  const job = await scenario.job('faulty');
  const outcome = await scenario.execute(commands.completeJob(job.key, {}));
  expect(outcome).toMatchObject({ ok: false, failure: { type: 'PROCESSING_ERROR' } });

  expect(await instance(stopped)).toMatchObject({ state: 'ACTIVE', error: 'nobody thought of this' });
  await scenario.complete('well');
  const ended = await instance(other);
  expect(ended).toMatchObject({ state: 'COMPLETED' });
  expect(ended).not.toHaveProperty('error');
});

it('it does nothing more, but can be canceled', async () => {
  const { scenario, instance } = await begun();
  const stopped = await scenario.started('stopped');
  const job = await scenario.job('faulty');
  await scenario.execute(commands.completeJob(job.key, {}));

  expect(await scenario.execute(commands.completeJob(job.key, {}))).toMatchObject({
    ok: false,
    failure: { type: 'INVALID_STATE', reason: expect.stringContaining('It can only be cancelled') },
  });
  expect((await scenario.execute(commands.cancelInstance(stopped))).ok).toBe(true);
  expect(scenario.terminated).toEqual(['faulty', 'stopped']);
  expect(scenario.events('JOB', 'CANCELED')).toHaveLength(1);
  expect(await instance(stopped)).toMatchObject({ state: 'TERMINATED', error: 'nobody thought of this' });
});
