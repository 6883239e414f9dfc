import { ok, type Result } from '@baton/engine/protocol';
import { createStore } from 'zustand/vanilla';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createTextDraft, type TextDocument, type TextView } from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import { readYaml, type YamlReading, yamlOf } from './agentYaml.ts';
import { problemsOf, unknownIn } from './checkAgent.ts';
import type { TextKind } from './textKinds.ts';

/** A prompt or a policy: one YAML text, checked by its schema while one types. */
export async function openYamlDocument(
  platform: Platform,
  { kind, schema }: TextKind,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<TextDocument, Failure>> {
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const { resource: saved, content } = read.value.opened;
  const view = createStore<TextView<YamlReading>>(() => ({
    mode: 'yaml',
    saved,
    draft: yamlOf(content),
    reading: { value: content, places: new Map(), comment: undefined },
    unreadable: undefined,
    problems: [],
    selected: undefined,
  }));
  const text = createTextDraft<YamlReading>({
    ...read.value,
    view,
    draftOf: yamlOf,
    language: 'yaml',
    read: readYaml,
    findings: (value) => [...problemsOf(schema, value, kind), ...unknownIn(schema, value, kind)],
    nameOf: (path) => path[0],
    crumbs: () => [],
  });
  text.begin();
  return ok({ ...text.model, view, reveal: text.show });
}
