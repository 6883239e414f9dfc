import { agentRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { contentRead, type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';

/** Agents as they are kept in versions: one YAML text. */
export function agentKind(api: Api): VersionedKind {
  return versionedKind(api, agentRoutes, {
    kind: 'agent',
    plural: 'agents',
    label: 'Agent',
    icon: 'agent',
    colour: 'agent',
    order: 20,
    ending: '.agent.yaml',
    container: 'agents',
    purpose: 'A model, its prompts, its tools and its limits.',
    deletion: 'Runs go on with the version they started with.',
    async texts() {
      const { readYaml, yamlOf } = await import('./agentYaml.ts');
      return {
        parts: [{ id: 'yaml', title: 'YAML', language: 'yaml', textOf: yamlOf }],
        contentOf: ({ yaml = '' }) => contentRead(readYaml(yaml)),
      };
    },
  });
}
