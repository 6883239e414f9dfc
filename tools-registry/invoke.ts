import { checked, failedCall } from './checkedCall.ts';
import type {
  CatalogTool,
  JsonValue,
  ToolAnswer,
  ToolCall,
  ToolCatalog,
  ToolInvoker,
  ToolOutcome,
  ToolQuestion,
  ToolSource,
} from './contract/index.ts';

/** The id of the question whether a call may be made; no tool's own question has it. */
const APPROVAL = 'baton:approval';

/** All tools of all sources. A name belongs to the first source that owns it, so no tool stands for another. */
export function toolCatalogOf(sources: readonly ToolSource[]): ToolCatalog {
  return {
    get: async (tenantId, name, version) =>
      sources.find((source) => source.owns(name))?.get(tenantId, name, version),
    list: async (tenantId) => (await Promise.all(sources.map((source) => source.list(tenantId)))).flat(),
  };
}

/** The tool as it was in a version. Of a server's there is only what was accepted last, whatever it was when the call was begun. */
async function found(source: ToolSource, { tenantId, name, version }: ToolCall) {
  const exact = await source.get(tenantId, name, version);
  if (exact || version === undefined) return exact;
  const latest = await source.get(tenantId, name, undefined);
  return latest?.origin.kind === 'mcp' ? latest : undefined;
}

/**
 * The one way to call a tool: find → check arguments → approve → run → check the answer. Arguments that a person changed are
 * checked again, and are what is run; nobody is asked about a call that could not be made.
 * @param holds whether FEEL over the arguments holds; anything but a clear no is a yes
 */
export function createToolInvoker(
  sources: readonly ToolSource[],
  holds: (expression: string, input: JsonValue) => boolean,
): ToolInvoker {
  return {
    async call(call, signal) {
      const { name, version } = call;
      const source = sources.find((each) => each.owns(name));
      const tool = source && (await found(source, call));
      if (!source || !tool) {
        const wanted = version === undefined ? `'${name}'` : `'${name}' in version ${version}`;
        return failedCall('TOOL_NOT_FOUND', `Expected a tool ${wanted}, but there is none`, version ?? 0);
      }
      const { approval } = tool.definition;
      const asks =
        approval === 'always' || (typeof approval === 'object' && holds(approval.when, call.arguments));
      if (!asks) return checked(tool, call.arguments, () => source.run(tool, call, signal));
      const { [APPROVAL]: answer, ...answers } = call.answers ?? {};
      if (answer?.action !== 'accept')
        return checked(tool, call.arguments, async () => notApproved(tool, call.arguments, answer));
      const approved = { ...call, arguments: answer.content, answers };
      return checked(tool, approved.arguments, () => source.run(tool, approved, signal));
    },
  };
}

/** @param answer `undefined` = nobody was asked yet */
function notApproved(
  { definition: { name, input }, version }: CatalogTool,
  given: JsonValue,
  answer: Exclude<ToolAnswer, { action: 'accept' }> | undefined,
): ToolOutcome {
  if (answer) {
    const but = answer.action === 'decline' ? 'it was declined' : 'nobody decided';
    return failedCall(
      'TOOL_DECLINED',
      `Expected somebody to approve this call of '${name}', but ${but}`,
      version,
    );
  }
  const message = `Expected somebody to approve this call of '${name}' first, but nobody has`;
  const question: ToolQuestion = {
    id: APPROVAL,
    kind: 'approval',
    message: `May '${name}' be called with these arguments?`,
    schema: input,
    proposed: objectOf(given),
  };
  return { ...failedCall('TOOL_APPROVAL_REQUIRED', message, version), question };
}

function objectOf(value: JsonValue): { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
