import type { ModelTool } from '@baton/engine/llm';
import type { CallRecord } from '@baton/engine/protocol';
import { type CatalogTool, noCapabilities, type ToolDefinition } from '@baton/tools-registry/contract';
import { offeredThen } from '../offer.ts';

const blank: Omit<ToolDefinition, 'name' | 'description' | 'input'> = {
  output: {},
  source: '',
  sideEffect: true,
  egress: false,
  approval: 'never',
  capabilities: noCapabilities,
  limits: { timeout: 0, memory: 0 },
};

function asRecorded(name: string, version: number, tool: ModelTool): CatalogTool {
  const { description, parameters: input } = tool;
  return { id: name, version, origin: { kind: 'saved' }, definition: { ...blank, name, description, input } };
}

/** The tool as this call of a model offered it; `undefined` when it was not there at that moment. */
export function offeredIn(call: CallRecord, name: string): CatalogTool | undefined {
  const found = [...(offeredThen(call)?.values() ?? [])].find((tool) => tool.name === name);
  return found && asRecorded(name, found.version, found.tool);
}
