import { agentRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { versionedCalls } from '../../platform/versionedCalls.ts';
import { contentRead, type VersionedKind } from '../../platform/versionedKinds.ts';

/** Agents as they are kept in versions: one YAML text. */
export function agentKind(api: Api): VersionedKind {
  return {
    kind: 'agent',
    topic: 'agents',
    icon: 'agent',
    colour: 'agent',
    container: 'agents',
    write: 'agents:write',
    fileName: (name) => `${name}.agent.yaml`,
    calls: (id) => versionedCalls(api, agentRoutes, id),
    async texts() {
      const { readYaml, yamlOf } = await import('./agentYaml.ts');
      return {
        parts: [{ id: 'yaml', title: 'YAML', language: 'yaml', textOf: yamlOf }],
        contentOf: ({ yaml = '' }) => contentRead(readYaml(yaml)),
      };
    },
  };
}
