import type { JsonObject } from '@baton/engine/protocol';
import { type Instance, table, type Variable } from '@baton/gateway/api';
import {
  type CommandContext,
  command,
  type Ended,
  exitCodes,
  failure,
  refused,
  usageError,
} from '../command.ts';
import { follow } from '../follow.ts';
import { tell } from '../tell.ts';
import { deployed, nameOption } from './deploy.ts';
import { variableOptions, variablesOf } from './variables.ts';

const followOptions = {
  ...variableOptions,
  detach: { type: 'flag', short: 'd', help: 'Do not wait for its end' },
  stay: { type: 'flag', help: 'Go on waiting after an incident, which somebody may resolve' },
  timeout: { type: 'number', value: 'seconds', least: 1, help: 'Wait so long at most; the run goes on' },
} as const;

interface Following {
  detach: boolean;
  stay: boolean;
  timeout: number | undefined;
}

/** A run that was started: its key, or how it ended with its variables. */
async function started(
  context: CommandContext,
  process: { processDefinitionKey: string } | { bpmnProcessId: string },
  variables: JsonObject,
  { detach, stay, timeout }: Following,
): Promise<Ended> {
  const { api, output } = context;
  const made = await api.call(table.instances.startInstance, { body: { ...process, variables } });
  if (!made.ok) return refused(made.failure);
  const { key, bpmnProcessId, version } = made.value;
  if (detach) {
    await tell(context, {
      value: made.value,
      names: [key],
      lines: ({ person, paint }) =>
        person
          ? [`${paint.good('✓')} ${bpmnProcessId} version ${version} ${paint.link(key, `#/run/${key}`)}`]
          : [key],
    });
    return exitCodes.fine;
  }
  output.say(`Run ${output.paint.link(key, `#/run/${key}`)} of ${bpmnProcessId} version ${version}`);
  const until = timeout === undefined ? undefined : context.now() + timeout * 1000;
  const end = await follow(context, key, {
    records: (lines) => {
      for (const line of lines) output.say(line);
    },
    stay,
    until,
  });
  if (!end.ok) return refused(end.failure);
  const { instance, why } = end.value;
  if (why === 'interrupted') {
    output.say(`The run goes on: baton log ${key} -f`);
    return exitCodes.interrupted;
  }
  if (why === 'late')
    return {
      exitCode: exitCodes.differs,
      message: `Expected the run to end within ${timeout} s, but it goes on`,
      hints: [`baton log ${key} -f`],
    };
  if (why === 'incident')
    return {
      exitCode: exitCodes.differs,
      message: 'Expected the run to end, but it waits at an incident',
      hints: [`baton list incidents --where run=${key}`],
    };
  return ended(context, instance);
}

async function ended(context: CommandContext, instance: Instance): Promise<Ended> {
  const read = await context.api.call(table.instances.listVariables, { params: { key: instance.key } });
  if (!read.ok) return refused(read.failure);
  const variables = outermost(read.value.items, instance.key);
  await tell(context, {
    value: { ...instance, variables },
    names: [instance.key],
    lines: ({ paint }) =>
      Object.entries(variables).map(
        ([name, value]) => `${paint.faint(`${name} =`)} ${JSON.stringify(value)}`,
      ),
  });
  if (instance.state === 'COMPLETED') return exitCodes.fine;
  return { exitCode: exitCodes.differs, message: 'Expected the run to complete, but it was terminated' };
}

const outermost = (variables: readonly Variable[], key: string): JsonObject =>
  Object.fromEntries(
    variables.filter(({ scopeKey }) => scopeKey === key).map(({ name, value }) => [name, value]),
  );

const exits = { 1: 'the run did not complete' };

export const run = command({
  name: 'run',
  summary: 'Deploy a workflow, start it and follow the run until its end',
  about: [
    'What happens is told on standard error, the variables of the run are the data. With Ctrl+C the run goes on.',
  ],
  arguments: { workflow: { help: 'name of a workflow, or a .bpmn file', completes: 'workflow' } },
  options: { ...followOptions, name: nameOption },
  examples: [
    { line: 'baton run order --var amount=120 --var customer=ada', does: 'Try a workflow' },
    { line: 'baton run order.bpmn --vars sample.json -o json', does: 'A file, for programs' },
    { line: 'echo \'{"amount":1}\' | baton run order --vars - --detach', does: 'Start only' },
  ],
  exits,
  title: 'Deploy and run a workflow…',
  permission: 'instances:start',
  async run({ arguments: { workflow }, options }, context) {
    const variables = await variablesOf(options, context);
    if (!variables.ok) return variables.failure;
    const made = await deployed(context, workflow, options.name);
    if (!made.ok) return made.failure;
    const { deployment, workflow: of } = made.value;
    const process =
      deployment.processes.find(({ bpmnProcessId }) => bpmnProcessId === of.bpmnProcessId) ??
      deployment.processes[0];
    if (!process)
      return failure('Expected a process that can be started, but nothing in the file is executable');
    const { processDefinitionKey } = process;
    return started(context, { processDefinitionKey }, variables.value, options);
  },
});

export const start = command({
  name: 'start',
  summary: 'Start a run of a process that is deployed',
  arguments: {
    process: { help: 'id of a process, or the key of one of its versions', completes: 'process' },
  },
  options: {
    ...variableOptions,
    wait: { type: 'flag', help: 'Follow it until its end, as run does' },
    stay: followOptions.stay,
    timeout: followOptions.timeout,
  },
  examples: [
    { line: 'baton start order --var amount=120', does: 'The latest version' },
    { line: 'baton start 2251799813685249 --wait', does: 'One version, until the run ends' },
  ],
  exits,
  title: 'Start a process…',
  permission: 'instances:start',
  async run({ arguments: { process }, options }, context) {
    const variables = await variablesOf(options, context);
    if (!variables.ok) return variables.failure;
    const { stay, timeout, wait } = options;
    return started(
      context,
      /^\d{1,19}$/.test(process) ? { processDefinitionKey: process } : { bpmnProcessId: process },
      variables.value,
      { detach: !wait, stay, timeout },
    );
  },
});

export const cancel = command({
  name: 'cancel',
  summary: 'Cancel runs: of processes by their keys, of agents by their ids',
  arguments: { run: { help: 'a run', completes: 'run', many: true } },
  options: {},
  examples: [
    { line: 'baton list runs -w state=ACTIVE -o name | xargs baton cancel', does: 'All that go on' },
  ],
  title: 'Cancel a run…',
  permission: 'instances:cancel',
  async run({ arguments: { run: runs } }, context) {
    for (const key of runs) {
      const answer = /^\d{1,19}$/.test(key)
        ? await context.api.call(table.instances.cancelInstance, { params: { key } })
        : await context.api.call(table.agentRuns.cancel, { params: { id: key } });
      if (!answer.ok) return refused(answer.failure);
      context.output.say(`Cancelled ${key}.`);
    }
    return exitCodes.fine;
  },
});

export const complete = command({
  name: 'complete',
  summary: 'Complete a user task with variables',
  arguments: { task: { help: 'key of a user task', completes: 'userTask' } },
  options: variableOptions,
  examples: [{ line: 'baton complete 2251799813685301 --var approved=true', does: 'Approve' }],
  title: 'Complete a user task…',
  permission: 'userTasks:complete',
  async run({ arguments: { task: key }, options }, context) {
    if (!/^\d{1,19}$/.test(key)) return usageError(`Expected the key of a user task, but it is '${key}'`);
    const variables = await variablesOf(options, context);
    if (!variables.ok) return variables.failure;
    const done = await context.api.call(table.userTasks.completeUserTask, {
      params: { key },
      body: { variables: variables.value },
    });
    if (!done.ok) return refused(done.failure);
    context.output.say(`Completed ${key}.`);
    return exitCodes.fine;
  },
});

export const resolve = command({
  name: 'resolve',
  summary: 'Let a run go on that an incident stopped',
  arguments: { incident: { help: 'key of an incident' } },
  options: {
    retries: { type: 'number', value: 'number', least: 1, most: 100, help: 'Retries of its job first' },
  },
  examples: [{ line: 'baton resolve 2251799813685310 --retries 3', does: 'Try the job again' }],
  title: 'Resolve an incident…',
  permission: 'incidents:resolve',
  async run({ arguments: { incident: key }, options: { retries } }, context) {
    if (!/^\d{1,19}$/.test(key)) return usageError(`Expected the key of an incident, but it is '${key}'`);
    const done = await context.api.call(table.instances.resolveIncident, {
      params: { key },
      body: retries === undefined ? {} : { retries },
    });
    if (!done.ok) return refused(done.failure);
    context.output.say(`Resolved ${key}.`);
    return exitCodes.fine;
  },
});

export const log = command({
  name: 'log',
  summary: 'What happened in a run of a process, record by record',
  arguments: { run: { help: 'key of a run', completes: 'run' } },
  options: {
    follow: { type: 'flag', short: 'f', help: 'Go on with what happens, until the run ends' },
    full: { type: 'flag', help: 'All records, not only what a person wants to know' },
  },
  examples: [
    { line: 'baton log 2251799813685249 -f', does: 'Look on' },
    {
      line: 'baton log 2251799813685249 --full -o json',
      does: 'All records with their values; a JSON value a line',
    },
  ],
  title: 'Show what happened in a run…',
  permission: 'instances:read',
  async run({ arguments: { run: key }, options }, context) {
    if (!/^\d{1,19}$/.test(key)) return usageError(`Expected the key of a run, but it is '${key}'`);
    const { output, format } = context;
    const end = await follow(context, key, {
      full: options.full,
      once: !options.follow,
      stay: true,
      records: (lines, records) => {
        if (format === 'text') for (const line of lines) output.data(line);
        else
          for (const record of records)
            output.data(format === 'name' ? String(record.position) : JSON.stringify(record));
      },
    });
    if (!end.ok) return refused(end.failure);
    return end.value.why === 'interrupted' ? exitCodes.interrupted : exitCodes.fine;
  },
});
