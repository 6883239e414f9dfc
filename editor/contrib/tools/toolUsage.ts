import { toolCatalogRoutes } from '@baton/gateway/api';
import type { Platform } from '../../platform/platform.ts';

/** Who names a tool, agents first. */
export type Usage = readonly { kind: 'agent' | 'workflow'; id: string; name: string }[];

/** @returns `undefined` where the catalog does not have it */
export async function readUsage({ api }: Platform, name: string): Promise<Usage | undefined> {
  const answer = await api.call(toolCatalogRoutes.read, { params: { name } });
  if (!answer.ok) return undefined;
  const { agents, workflows } = answer.value.usage;
  return [
    ...agents.map((user) => ({ kind: 'agent' as const, ...user })),
    ...workflows.map((user) => ({ kind: 'workflow' as const, ...user })),
  ];
}
