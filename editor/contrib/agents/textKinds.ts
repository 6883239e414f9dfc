import { policyContent, policyRoutes, promptContent, promptRoutes, resourceName } from '@baton/gateway/api';
import { lazy } from 'react';
import type { z } from 'zod';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { IconName, Kind } from '../../platform/icons.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TextDocument } from '../../platform/textDocument.ts';
import { type VersionedRows, versionedCalls } from '../../platform/versionedCalls.ts';
import { contentRead } from '../../platform/versionedKinds.ts';

/** What agents are put together from, kept in versions and edited as one YAML text. */
export interface TextKind {
  kind: 'prompt' | 'policy';
  plural: 'prompts' | 'policies';
  label: string;
  icon: IconName;
  colour: Kind;
  rows: typeof promptRoutes;
  schema: z.ZodType;
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
    blank: { description: '', text: 'Answer kindly and briefly.' },
    exampleName: 'house-style',
    order: 24,
  },
  {
    kind: 'policy',
    plural: 'policies',
    label: 'Policy',
    icon: 'guardrail',
    colour: 'guardrail',
    // The tables differ in paths and in the content's schema only.
    rows: policyRoutes as unknown as typeof promptRoutes,
    schema: policyContent,
    blank: {
      kind: 'guardrail',
      description: '',
      checks: [{ check: 'secrets', places: ['input', 'output'], action: 'mask' }],
    },
    exampleName: 'no-secrets',
    order: 26,
  },
];

const YamlEditor = lazy(() =>
  import('./views/YamlEditor.tsx').then((module) => ({ default: module.YamlEditor })),
);

export function registerTextKinds(platform: Platform): Disposable {
  return disposeAll(...textKinds.map((kind) => registerTextKind(platform, kind)));
}

function registerTextKind(platform: Platform, text: TextKind): Disposable {
  const { api, commands, dialogs, documentKinds, editors, menus, notifications, versionedKinds } = platform;
  const { kind, plural, label, icon, colour, rows } = text;
  const fileName = (name: string) => `${name}.${kind}.yaml`;
  const opened = `documentKind == '${kind}'`;
  const { create, delete: remove } = rows;
  return disposeAll(
    versionedKinds.register({
      kind,
      topic: plural,
      icon,
      colour,
      container: 'explorer',
      write: `${plural}:write`,
      fileName,
      calls: (id) => versionedCalls(api, rows as unknown as VersionedRows, id),
      async texts() {
        const { readYaml, yamlOf } = await import('./agentYaml.ts');
        return {
          parts: [{ id: 'yaml', title: 'YAML', language: 'yaml', textOf: yamlOf }],
          contentOf: ({ yaml = '' }) => contentRead(readYaml(yaml)),
        };
      },
    }),
    documentKinds.register(
      documentKind<TextDocument>({
        kind,
        label,
        icon,
        folder: plural,
        title: (resource) => (resource.name ? fileName(resource.name) : label),
        open: async (resource, options) =>
          (await import('./yamlDocument.ts')).openYamlDocument(platform, text, resource, options.backup),
        EditorPane: YamlEditor,
      }),
    ),
    commands.register({
      id: `${plural}.new`,
      title: `New ${kind}…`,
      category: label,
      icon,
      when: `permission:${plural}:write`,
      async run() {
        const name = await dialogs.input({
          title: `Name of the new ${kind}`,
          placeholder: text.exampleName,
          validate: (typed) =>
            resourceName.safeParse(typed.trim()).success
              ? undefined
              : `Expected lower-case letters, digits and -, but it is ${typed.trim() ? JSON.stringify(typed.trim()) : 'empty'}.`,
        });
        if (!name) return;
        const made = await api.call(create, { body: { name: name.trim(), content: text.blank as never } });
        if (made.ok) await editors.open({ kind, id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: `${plural}.new`, order: text.order }),
    commands.register({
      id: `${plural}.delete`,
      title: `Delete ${kind}…`,
      category: label,
      icon: 'codicon:trash',
      when: `${opened} && permission:${plural}:delete`,
      async run() {
        const document = editors.active.getState();
        if (!document) return;
        const answer = await dialogs.ask({
          title: `Delete ${document.state.getState().title}?`,
          message: 'All its versions are deleted. Runs go on with what they started with.',
          actions: [{ id: 'delete', title: 'Delete', danger: true }],
        });
        if (!answer) return;
        const deleted = await api.call(remove, { params: { id: document.resource.id } });
        if (deleted.ok) editors.discard(document.resource);
        else notifications.failure(deleted.failure);
      },
    }),
    menus.register('editor/title', { command: `${plural}.delete`, group: '9_delete', when: opened }),
  );
}
