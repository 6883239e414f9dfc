import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JsonValue, Permission, Topic } from '@baton/gateway/api';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { Failure } from './failure.ts';
import type { IconName, Kind } from './icons.ts';
import type { Content, VersionedCalls } from './versionedCalls.ts';

/** One of the texts a content is read as: a tool is its source and its definition. */
export interface ContentPart {
  id: string;
  title: string;
  language: 'json' | 'yaml' | 'typescript' | 'xml' | 'markdown';
  textOf(content: Content): string;
}

/** A content as texts, and back. */
export interface ContentTexts {
  parts: readonly ContentPart[];
  /** The content the texts say, by part; or what cannot be read. */
  contentOf(texts: Readonly<Record<string, string>>): Result<Content, Failure>;
}

/** A kind of resource the gateway keeps in versions. */
export interface VersionedKind {
  /** Its document kind: `task`. */
  kind: string;
  topic: Topic;
  icon: IconName;
  colour?: Kind;
  /** View container that lists its resources. */
  container: string;
  write: Permission;
  fileName(name: string): string;
  calls(id: string): VersionedCalls;
  /** Loaded when texts are compared. */
  texts(): Promise<ContentTexts>;
}

/** What a text says, as content. */
export function contentRead(
  read: Result<{ value: JsonValue }, { line: number; message: string }>,
): Result<Content, Failure> {
  if (!read.ok)
    return failed({ code: 'UNREADABLE', message: `Line ${read.failure.line}: ${read.failure.message}` });
  const { value } = read.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? ok(value)
    : failed({
        code: 'UNREADABLE',
        message: 'Line 1: Expected names with values, but it is something else.',
      });
}

export type VersionedKinds = Registry<VersionedKind>;

export function createVersionedKinds(): VersionedKinds {
  return createRegistry<VersionedKind>('versioned kind', (kind) => kind.kind);
}
