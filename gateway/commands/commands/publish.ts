import { table, type VersionedPlural } from '@baton/gateway/api';
import { command, exitCodes, refused, usageError } from '../command.ts';
import { find, kindNamed } from '../kinds.ts';
import { tell } from '../tell.ts';
import { variableOptions, variablesOf } from './variables.ts';

export const publishMessage = command({
  name: 'publish message',
  summary: 'Publish a message to the processes that wait for it, or that it starts',
  arguments: { name: { help: 'name of the message' } },
  options: {
    key: {
      type: 'text',
      short: 'k',
      value: 'correlation',
      help: 'Correlation key: which run is meant; none starts runs only',
    },
    ...variableOptions,
    ttl: {
      type: 'number',
      value: 'seconds',
      most: 30 * 86_400,
      help: 'How long it waits for a process that wants it; 0 without it',
    },
    id: {
      type: 'text',
      value: 'id',
      help: 'A second message of the same id is refused while the first one waits',
    },
  },
  examples: [
    {
      line: 'baton publish message payment-received --key order-17 --var paid=true',
      does: 'Let a run go on',
    },
    { line: 'baton publish message order-placed --ttl 60', does: 'Start what begins with it' },
  ],
  title: 'Publish a message…',
  permission: 'instances:start',
  async run({ arguments: { name }, options }, context) {
    const variables = await variablesOf(options, context);
    if (!variables.ok) return variables.failure;
    const { key, ttl, id } = options;
    const made = await context.api.call(table.messages.publish, {
      body: {
        name,
        variables: variables.value,
        ...(key !== undefined && { correlationKey: key }),
        ...(ttl !== undefined && { timeToLive: Math.round(ttl * 1000) }),
        ...(id !== undefined && { messageId: id }),
      },
    });
    if (!made.ok) return refused(made.failure);
    await tell(context, {
      value: made.value,
      names: [made.value.key],
      lines: ({ person, paint }) => [
        person ? `${paint.good('✓')} ${name} ${paint.faint(made.value.key)}` : made.value.key,
      ],
    });
    return exitCodes.fine;
  },
});

export const publishDraft = command({
  name: 'publish draft',
  summary: 'Make the draft of a document its next version',
  arguments: {
    kind: { help: 'workflow, agent, tool, task, prompt, policy …', completes: 'kind' },
    name: { help: 'its name or id', completes: 'resource' },
  },
  options: { message: { type: 'text', short: 'm', value: 'text', help: 'What is new in it' } },
  examples: [
    { line: 'baton publish draft agent classifier -m "Shorter answers"', does: 'Publish what was edited' },
  ],
  title: 'Publish a draft…',
  async run({ arguments: { kind: named, name }, options: { message } }, context) {
    const kind = kindNamed(named);
    const rows = kind && Object.hasOwn(table, kind.name) ? table[kind.name as 'agents'] : undefined;
    if (!kind || !rows || !('publish' in rows))
      return usageError(`Expected a kind that is kept in versions, but it is '${named}'`);
    const found = await find(context.api, kind, name);
    if (!found.ok) return refused(found.failure);
    const { id, draft } = found.value as { id: string; draft: { hash: string } | null };
    if (!draft)
      return {
        exitCode: exitCodes.differs,
        message: `Expected a draft of ${name}, but there is none: all of it is published`,
      };
    const published = await context.api.call(table[kind.name as VersionedPlural & 'agents'].publish, {
      params: { id },
      body: message === undefined ? {} : { message },
      ifMatch: draft.hash,
    });
    if (!published.ok) return refused(published.failure);
    const { version } = published.value;
    await tell(context, {
      value: published.value,
      names: [name],
      lines: ({ paint }) => [`${paint.good('✓')} ${name} version ${version}`],
    });
    return exitCodes.fine;
  },
});
