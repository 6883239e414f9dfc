import type { JsonValue } from '../contract/index.ts';
import type { HostAnswer } from '../sandbox/runner.ts';
import { type HostService, refused, type ToolCallPlace } from './service.ts';

/** Characters of a key, and of a value's JSON; keys of one tool, files of one run. */
const longest = { key: 200, value: 256_000, file: 1_000_000 };
const most = 1_000;

type Act = (args: { [name: string]: JsonValue }, place: ToolCallPlace, scope: string) => Promise<HostAnswer>;

const done = (value: JsonValue = null): HostAnswer => ({ ok: true, value });
const invalid = (message: string): HostAnswer => ({ ok: false, code: 'REQUEST_INVALID', message });

function keyProblem(key: JsonValue | undefined): HostAnswer | undefined {
  return typeof key === 'string' && key !== '' && key.length <= longest.key
    ? undefined
    : invalid(`Expected a name of 1 to ${longest.key} characters, but it is another one`);
}

async function kept({ world, tenantId }: ToolCallPlace, scope: string, key: string, value: JsonValue) {
  return (await world.values.set(tenantId, scope, key, value, most))
    ? done()
    : invalid(`Expected at most ${most} names, but there are more`);
}

function service(kind: HostService['kind'], verb: string, field: string, act: Act): HostService {
  return {
    kind,
    what: (args) => `${verb} ${String(args[field] ?? '').slice(0, 80)}`.trim(),
    async answer(args, place) {
      const scope = kind === 'state' ? stateScope(place) : fileScope(place);
      if (typeof scope !== 'string') return scope;
      const problem = verb === 'list' ? undefined : keyProblem(args[field]);
      return problem ?? act(args, place, scope);
    },
    outcome: (value) => (value === null ? 'done' : 'found'),
  };
}

function stateScope({
  capabilities,
  declared,
  toolId,
  keepsWith = toolId,
}: ToolCallPlace): string | HostAnswer {
  return capabilities.memory ? `tool/${keepsWith}` : refused('values kept between calls', declared.memory);
}

function fileScope({ capabilities, declared, run }: ToolCallPlace): string | HostAnswer {
  if (!capabilities.files) return refused('files of the run', declared.files);
  return run === undefined
    ? invalid('Expected a call inside a run, but this one has no files')
    : `run/${run}`;
}

/** `state`: JSON values by key, of this tool in this tenant. */
export const stateServices = {
  'state.get': service('state', 'get', 'key', async ({ key }, { world, tenantId }, scope) =>
    done((await world.values.get(tenantId, scope, key as string)) ?? null),
  ),
  'state.set': service('state', 'set', 'key', async ({ key, value }, place, scope) =>
    JSON.stringify(value ?? null).length > longest.value
      ? invalid(`Expected a value of at most ${longest.value} characters of JSON, but it is larger`)
      : kept(place, scope, key as string, value ?? null),
  ),
  'state.delete': service('state', 'delete', 'key', async ({ key }, { world, tenantId }, scope) => {
    await world.values.delete(tenantId, scope, key as string);
    return done();
  }),
  'state.list': service('state', 'list', 'key', async (_args, { world, tenantId }, scope) =>
    done(await world.values.keys(tenantId, scope)),
  ),
} satisfies { [name: string]: HostService };

/** `files`: texts by name, which all steps of a run share. */
export const fileServices = {
  'files.list': service('file', 'list', 'name', async (_args, { world, tenantId }, scope) =>
    done(await world.values.keys(tenantId, scope)),
  ),
  'files.read': service('file', 'read', 'name', async ({ name }, { world, tenantId }, scope) =>
    done((await world.values.get(tenantId, scope, name as string)) ?? null),
  ),
  'files.write': service('file', 'write', 'name', async ({ name, content }, place, scope) =>
    String(content).length > longest.file
      ? invalid(`Expected a file of at most ${longest.file} characters, but it is larger`)
      : kept(place, scope, name as string, String(content)),
  ),
} satisfies { [name: string]: HostService };
