import type { CallToolResult, ServerContext, Tool } from '@modelcontextprotocol/server';
import {
  type JsonSchema,
  type JsonValue,
  type McpAnswer,
  type McpCaller,
  type McpProcess,
  type McpTask,
  type McpTaskEvent,
  validateAgainst,
} from '../contract/index.ts';
import { progressOf } from './progress.ts';
import { toolError, toolResult } from './toolCall.ts';
import type { McpFaceWorld } from './world.ts';

/** Before the id of a process; no tool of a tenant has an underscore in its name. */
const prefix = 'process_';

/** ms a call waits for its process, below the minute after which clients give up. */
const patience = 25_000;
/** ms a call waits whose progress is heard: each step keeps the client waiting. */
const patienceWithProgress = 10 * 60_000;
/** Field of a call's `_meta`: seconds it waits at most; 0 answers the task at once. */
const waitField = 'io.baton/wait';

const taskSchema = {
  type: 'object',
  description: 'The run: ask again with task_get while it is working',
  properties: {
    id: { type: 'string' },
    process: { type: 'string' },
    status: { enum: ['working', 'input_required', 'completed', 'failed', 'cancelled'] },
    message: { type: 'string', description: 'What it waits for, or why it does not go on' },
    createdAt: { type: 'string' },
    endedAt: { type: 'string' },
    result: { type: 'object', description: 'Variables of the ended run' },
  },
  required: ['id', 'process', 'status', 'createdAt'],
};
const answerSchema = {
  type: 'object' as const,
  properties: { task: taskSchema },
  required: ['task'],
};
const idSchema = {
  type: 'object' as const,
  properties: { id: { type: 'string', description: 'Of the task, as the call of the process answered it' } },
  required: ['id'],
};

/** A tool of the face itself. */
export interface FaceTool {
  listed: Tool;
  call(given: { [name: string]: JsonValue }, context: ServerContext): Promise<CallToolResult>;
}

/** Characters a tool's name may have, in every client. */
export const toolNameOf = ({ bpmnProcessId }: McpProcess) =>
  `${prefix}${bpmnProcessId.replace(/[^\w.-]/g, '_')}`.slice(0, 128);

const told = (answer: McpAnswer<McpTask>): CallToolResult =>
  answer.ok
    ? toolResult({ task: { ...answer.value } as { [field: string]: JsonValue } })
    : toolError(answer.failure.code, answer.failure.message);

/** Processes the caller may start, and the tools for runs that go on longer than a call. */
export async function processTools(world: McpFaceWorld, caller: McpCaller): Promise<FaceTool[]> {
  if (!(await caller.may('instances:start'))) return [];
  const tools = new Map<string, FaceTool>();
  for (const process of await caller.processes.list()) {
    const name = toolNameOf(process);
    // Two ids that differ in what no tool's name may have: the first stands for itself.
    if (tools.has(name) || !(await caller.mayCall(name))) continue;
    tools.set(name, processTool(world, caller, process, name));
  }
  if (tools.size === 0) return [];
  return [...tools.values(), ...(await taskTools(caller))];
}

/** Whether a name is of the face itself, not of the catalog. */
export const isFaceTool = (name: string) =>
  name.startsWith(prefix) || name === 'task_get' || name === 'task_cancel';

function processTool(world: McpFaceWorld, caller: McpCaller, process: McpProcess, name: string): FaceTool {
  const { title, description, input, bpmnProcessId } = process;
  return {
    listed: {
      name,
      title,
      description: `${description || `Runs the process “${title}”.`} Answers its result, or a task to ask for with task_get when it goes on for longer.`,
      inputSchema: { ...(input as object), type: 'object' } as Tool['inputSchema'],
      outputSchema: answerSchema,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    },
    async call(given, context) {
      const violations = validateAgainst(input as JsonSchema, given);
      if (violations[0]) return toolError('TOOL_INPUT_INVALID', violations[0].message, { violations });
      const started = await caller.processes.start(bpmnProcessId, given);
      if (!started.ok) return toolError(started.failure.code, started.failure.message);
      await waitFor(world, caller, started.value.id, context);
      return told(await caller.processes.task(started.value.id));
    },
  };
}

/** Until the run ends or stops, nobody waits any more, or it has taken too long for one call. */
function waitFor(world: McpFaceWorld, caller: McpCaller, id: string, context: ServerContext): Promise<void> {
  const { _meta, signal } = context.mcpReq;
  const asked = _meta?.[waitField];
  const heard = progressOf(context);
  const usual = _meta?.progressToken === undefined ? patience : patienceWithProgress;
  const atMost =
    typeof asked === 'number' && asked >= 0 ? Math.min(asked * 1_000, patienceWithProgress) : usual;
  if (atMost === 0) return Promise.resolve();
  return new Promise((resolve) => {
    let progress = 0;
    let stop = () => {};
    const over = () => {
      cancel();
      stop();
      signal.removeEventListener('abort', over);
      resolve();
    };
    const cancel = world.schedule(atMost, over);
    signal.addEventListener('abort', over, { once: true });
    stop = caller.processes.follow(id, (event: McpTaskEvent) => {
      progress += 1;
      heard({ progress, message: event.message });
      if (event.over) over();
    });
  });
}

async function taskTools({ may, processes }: McpCaller): Promise<FaceTool[]> {
  const tool = (name: string, description: string, readOnly: boolean, call: FaceTool['call']): FaceTool => ({
    listed: {
      name,
      description,
      inputSchema: idSchema,
      outputSchema: answerSchema,
      annotations: {
        readOnlyHint: readOnly,
        destructiveHint: !readOnly,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    call,
  });
  const idOf = (given: { [name: string]: JsonValue }) => String(given.id ?? '');
  return [
    ...((await may('instances:cancel'))
      ? [
          tool('task_cancel', 'Cancels a run of a process.', false, async (given) => {
            const cancelled = await processes.cancel(idOf(given));
            if (!cancelled.ok) return toolError(cancelled.failure.code, cancelled.failure.message);
            return told(await processes.task(idOf(given)));
          }),
        ]
      : []),
    ...((await may('instances:read'))
      ? [
          tool(
            'task_get',
            'Tells how a run of a process stands, and its result when it has ended.',
            true,
            async (given) => told(await processes.task(idOf(given))),
          ),
        ]
      : []),
  ];
}
