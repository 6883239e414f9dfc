import { checked, failedCall } from './checkedCall.ts';
import type { JsonValue, ToolCatalog, ToolInvoker, ToolQuestion, ToolSource } from './contract/index.ts';

/** The id of the question whether a call may be made; its own questions have others. */
const APPROVAL = 'approval';

/** All tools of all sources. A name belongs to the first source that owns it, so no tool stands for another. */
export function toolCatalogOf(sources: readonly ToolSource[]): ToolCatalog {
  return {
    get: async (tenantId, name, version) =>
      sources.find((source) => source.owns(name))?.get(tenantId, name, version),
    list: async (tenantId) => (await Promise.all(sources.map((source) => source.list(tenantId)))).flat(),
  };
}

/**
 * The one way to call a tool: find → approve → check arguments → run → check the answer.
 * @param holds whether FEEL over the arguments holds; anything but a clear no is a yes
 */
export function createToolInvoker(
  sources: readonly ToolSource[],
  holds: (expression: string, input: JsonValue) => boolean,
): ToolInvoker {
  return {
    async call(call, signal) {
      const { tenantId, name, version, answers = {} } = call;
      const source = sources.find((each) => each.owns(name));
      const tool = await source?.get(tenantId, name, version);
      if (!source || !tool) {
        const wanted = version === undefined ? `'${name}'` : `'${name}' in version ${version}`;
        return failedCall('TOOL_NOT_FOUND', `Expected a tool ${wanted}, but there is none`, version ?? 0);
      }
      const { approval, input: schema } = tool.definition;
      const asks =
        approval === 'always' || (typeof approval === 'object' && holds(approval.when, call.arguments));
      if (!asks) return checked(tool, call.arguments, () => source.run(tool, call, signal));
      const answer = answers[APPROVAL];
      if (!answer || answer.action === 'cancel') {
        const message = `Expected somebody to approve this call of '${name}' first, but nobody has`;
        const question: ToolQuestion = {
          id: APPROVAL,
          kind: 'approval',
          message: `May '${name}' be called with these arguments?`,
          schema,
          proposed: objectOf(call.arguments),
        };
        return { ...failedCall('TOOL_APPROVAL_REQUIRED', message, tool.version), question };
      }
      if (answer.action === 'decline') {
        const message = `Expected somebody to approve this call of '${name}', but it was declined`;
        return failedCall('TOOL_DECLINED', message, tool.version);
      }
      const approved = { ...call, arguments: answer.content };
      return checked(tool, approved.arguments, () => source.run(tool, approved, signal));
    },
  };
}

function objectOf(value: JsonValue): { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
