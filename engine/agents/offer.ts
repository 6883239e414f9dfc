import type { ModelTool } from '@baton/engine/llm';
import type { CallRecord, OfferedName } from '@baton/engine/protocol';
import type { ToolCatalog } from '@baton/tools-registry/contract';
import { modelName } from './toolNames.ts';

/** A tool as the model is offered it once. */
export interface OfferedTool extends OfferedName {
  tool: ModelTool;
}

/** By the model's names for them. */
export type Offer = ReadonlyMap<string, OfferedTool>;

const offerOf = (tools: readonly OfferedTool[]): Offer => new Map(tools.map((tool) => [tool.as, tool]));

/** The tools with these names as they are at this moment; what is not there is not offered. */
export async function offerNow(
  catalog: ToolCatalog,
  tenantId: string,
  names: readonly string[],
): Promise<Offer> {
  const found = await Promise.all(names.map((name) => catalog.get(tenantId, name, undefined)));
  return offerOf(
    found.flatMap((tool, index) => {
      if (!tool) return [];
      const name = names[index]!;
      const { description, input: parameters } = tool.definition;
      const as = modelName(name);
      return { as, name, version: tool.version, tool: { name: as, description, parameters } };
    }),
  );
}

/** What a recorded call of a model offered; `undefined` of one that does not say which tools its names stand for. */
export function offeredThen({ request, offered = [] }: CallRecord): Offer | undefined {
  const { tools = [] } = request as unknown as { tools?: ModelTool[] };
  const named = tools.flatMap((tool) => {
    const known = offered.find(({ as }) => as === tool.name);
    return known ? [{ ...known, tool }] : [];
  });
  return named.length === tools.length ? offerOf(named) : undefined;
}

/** As it is recorded. */
export function namesOf(offer: Offer): OfferedName[] {
  return [...offer.values()].map(({ as, name, version }) => ({ as, name, version }));
}
