import { policyContent, policyRoutes, promptContent, promptRoutes } from '@baton/gateway/api';
import { lazy } from 'react';
import type { z } from 'zod';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { IconName, Kind } from '../../platform/icons.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TextDocument } from '../../platform/textDocument.ts';
import type { VersionedRows } from '../../platform/versionedCalls.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { contentRead, versionedKind } from '../../platform/versionedKinds.ts';

/** What agents are put together from, kept in versions and edited as one YAML text. */
export interface TextKind {
  kind: 'prompt' | 'policy';
  plural: 'prompts' | 'policies';
  label: string;
  icon: IconName;
  colour: Kind;
  rows: VersionedRows;
  schema: z.ZodType;
  /** What it is for, in one sentence. */
  purpose: string;
  /** As it is made. */
  blank: object;
  exampleName: string;
  /** Place of `New …` in the explorer's menu. */
  order: number;
}

const textKinds: readonly TextKind[] = [
  {
    kind: 'prompt',
    plural: 'prompts',
    label: 'Prompt',
    icon: 'codicon:note',
    colour: 'agent',
    rows: promptRoutes,
    schema: promptContent,
    purpose: 'A text that several agents share.',
    blank: { description: '', text: 'Answer kindly and briefly.' },
    exampleName: 'house-style',
    order: 50,
  },
  {
    kind: 'policy',
    plural: 'policies',
    label: 'Policy',
    icon: 'guardrail',
    colour: 'guardrail',
    rows: policyRoutes,
    schema: policyContent,
    purpose: 'What agents must not do, and what happens if they try.',
    blank: {
      kind: 'guardrail',
      description: '',
      checks: [{ check: 'secrets', places: ['input', 'output'], action: 'mask' }],
    },
    exampleName: 'no-secrets',
    order: 60,
  },
];

const YamlEditor = lazy(() =>
  import('./views/YamlEditor.tsx').then((module) => ({ default: module.YamlEditor })),
);

export function registerTextKinds(platform: Platform): Disposable {
  return disposeAll(...textKinds.map((kind) => registerTextKind(platform, kind)));
}

function registerTextKind(platform: Platform, text: TextKind): Disposable {
  const { api, documentKinds, versionedKinds } = platform;
  const versioned = versionedKind(api, text.rows, {
    ...text,
    ending: `.${text.kind}.yaml`,
    deletion: 'Runs go on with what they started with.',
    async texts() {
      const { readYaml, yamlOf } = await import('./agentYaml.ts');
      return {
        parts: [{ id: 'yaml', title: 'YAML', language: 'yaml', textOf: yamlOf }],
        contentOf: ({ yaml = '' }) => contentRead(readYaml(yaml)),
      };
    },
  });
  const { kind, plural, label, icon } = versioned;
  return disposeAll(
    versionedKinds.register(versioned),
    documentKinds.register(
      documentKind<TextDocument>({
        kind,
        label,
        icon,
        folder: plural,
        title: (resource) => (resource.name ? versioned.fileName(resource.name) : label),
        open: async (resource, options) =>
          (await import('./yamlDocument.ts')).openYamlDocument(platform, text, resource, options.backup),
        EditorPane: YamlEditor,
      }),
    ),
    registerVersionedCommands(platform, {
      versioned,
      exampleName: text.exampleName,
      begin: () => text.blank,
    }),
  );
}
