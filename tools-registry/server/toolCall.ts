import {
  type CallToolRequest,
  type CallToolResult,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { JsonValue, McpCaller, ToolAnswer, ToolOutcome, ToolQuestion } from '../contract/index.ts';
import { asksByForm, elicitationOf } from './elicitation.ts';
import { progressOf } from './progress.ts';
import { argumentsOf } from './toolList.ts';
import type { McpFaceWorld, PendingCall } from './world.ts';

/** ms in which somebody answers; then the call is forgotten. */
const answerTime = 24 * 3_600_000;

type Called = CallToolResult | InputRequiredResult;

/** Ends a call of what there is not, or what the caller may not see: the protocol has an error for that. */
export async function noSuchTool({ called }: McpCaller, name: string): Promise<never> {
  const message = `Expected a tool of this server, but there is no '${name.slice(0, 200)}'`;
  await called({ code: 'TOOL_NOT_FOUND', message });
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

/** A failure the model reads: it may correct itself. */
export function toolError(code: string, message: string, details?: unknown): CallToolResult {
  const told = details === undefined ? '' : `\n${JSON.stringify(details)}`;
  return { isError: true, content: [{ type: 'text', text: `${code}: ${message}${told}` }] };
}

/** A value as its text, and as structured content where it is an object. */
export function toolResult(value: JsonValue, content?: CallToolResult['content']): CallToolResult {
  const structured = typeof value === 'object' && value !== null && !Array.isArray(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    content: content ?? [{ type: 'text', text }],
    ...(structured && { structuredContent: value }),
  };
}

/** One call of a tool of the catalog. Asked again with the answers, it goes on from where it was. */
export async function callTool(
  world: McpFaceWorld,
  caller: McpCaller,
  { params }: CallToolRequest,
  context: ServerContext,
  capabilities: ClientCapabilities | undefined,
): Promise<Called> {
  const { tenantId } = caller;
  const { name } = params;
  const tool = (await caller.mayCall(name)) ? await world.catalog.get(tenantId, name, undefined) : undefined;
  if (!tool) return noSuchTool(caller, name);
  const pendingId = context.mcpReq.requestState<string>();
  const before = pendingId === undefined ? undefined : await resumed(world, caller, name, pendingId);
  const call: PendingCall = before ?? {
    callerId: caller.id,
    tool: name,
    arguments: argumentsOf(tool, (params.arguments ?? {}) as { [name: string]: JsonValue }),
    idempotencyKey: `mcp/${world.newId()}`,
    answers: {},
  };
  const asked = call.asked;
  if (asked) {
    const read = elicitationOf(asked, undefined).answerOf(context.mcpReq.inputResponses?.[asked.id]);
    if (!read.ok) return ask(world, caller, call, asked, read.problem, pendingId);
    call.answers = { ...call.answers, [asked.id]: read.answer } satisfies { [id: string]: ToolAnswer };
    delete call.asked;
  }
  await caller.calling(tool.definition.sideEffect);
  const outcome = await world.invoker.call(
    {
      tenantId,
      name,
      version: undefined,
      arguments: call.arguments,
      idempotencyKey: call.idempotencyKey,
      run: call.idempotencyKey,
      user: caller.id,
      answers: call.answers,
      ...(call.resume !== undefined && { resume: call.resume }),
      heard: progressOf(context),
    },
    context.mcpReq.signal,
  );
  if (!outcome.ok && outcome.question) {
    // Left, not refused: nobody is asked the same again.
    const left = call.answers[outcome.question.id]?.action === 'cancel';
    if (!left && asksByForm(capabilities)) {
      const next = { ...call, ...(outcome.resume !== undefined && { resume: outcome.resume }) };
      return ask(world, caller, next, outcome.question, undefined, pendingId);
    }
  }
  if (pendingId !== undefined) await world.pending.remove(tenantId, pendingId);
  await caller.called(outcome.ok ? undefined : outcome.failure);
  return answered(outcome, context);
}

async function resumed({ pending }: McpFaceWorld, caller: McpCaller, tool: string, id: string) {
  const found = await pending.get(caller.tenantId, id);
  if (found?.callerId === caller.id && found.tool === tool) return found;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Expected the state of a call that waits for an answer, but there is no such call any more',
  );
}

async function ask(
  { pending, newId }: McpFaceWorld,
  { tenantId }: McpCaller,
  call: PendingCall,
  question: ToolQuestion,
  problem: string | undefined,
  id = newId(),
): Promise<InputRequiredResult> {
  const { message, requestedSchema } = elicitationOf(question, problem);
  await pending.put(tenantId, id, { ...call, asked: question }, answerTime);
  return inputRequired({
    inputRequests: { [question.id]: inputRequired.elicit({ message, requestedSchema }) },
    requestState: id,
  });
}

async function answered(outcome: ToolOutcome, context: ServerContext): Promise<CallToolResult> {
  if (!outcome.ok) {
    const { code, message, details } = outcome.failure;
    const where = outcome.question
      ? ' This client shows no forms: call it with one that does, or in a process, where the question becomes a task of a person.'
      : '';
    return toolError(code, `${message}.${where}`, details);
  }
  for (const line of outcome.logs) await context.mcpReq.log('info', line);
  return toolResult(outcome.value, outcome.content as CallToolResult['content'] | undefined);
}
