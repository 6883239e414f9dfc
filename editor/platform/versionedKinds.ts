import { failed, ok, type Result } from '@baton/engine/protocol';
import { type JsonValue, type Permission, resourceName, type Topic } from '@baton/gateway/api';
import { createRegistry, inOrder, type Registry } from '../base/registry.ts';
import type { Api, ApiFailure } from './api.ts';
import type { ContextKeys } from './context.ts';
import type { Failure } from './failure.ts';
import type { IconName, Kind } from './icons.ts';
import { type Content, resourceCalls, type VersionedCalls, type VersionedRows } from './versionedCalls.ts';

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

/** A resource as lists show it. */
export interface VersionedEntry {
  id: string;
  name: string;
  updatedAt: string;
  updatedBy: string;
  version?: number;
  /** Who works on it. */
  draft?: { updatedAt: string; updatedBy: string } | null | undefined;
  /** What others name it by beside its name: `form/approve`. */
  defines?: readonly string[];
}

type Answer<T> = Promise<Result<T, ApiFailure>>;

/** What the gateway does with all resources of a kind, whatever its rows are called. */
export interface ResourceCalls {
  /** All there are, by name. `heard` is told those that are there already, as often as more come. */
  list(heard?: (soFar: readonly VersionedEntry[]) => void): Answer<readonly VersionedEntry[]>;
  create(name: string, content: Content): Answer<{ id: string; name: string }>;
  rename(id: string, name: string): Answer<unknown>;
  /** `keepalive`: the page goes away meanwhile. */
  remove(id: string, keepalive?: boolean): Answer<unknown>;
  calls(id: string): VersionedCalls;
}

/** What a kind says of itself. */
export interface KindFacts {
  /** Its document kind: `task`. */
  kind: string;
  /** Its folder, its live topic and the first half of its permissions: `tasks`. */
  plural: string;
  /** In the user's words: `Task`. */
  label: string;
  icon: IconName;
  colour?: Kind;
  /** Place of its folder in the explorer, and of `New …` in menus. */
  order: number;
  /** End of its file names: `.task.json`. */
  ending: string;
  /** View container that lists its resources. Default: the explorer. */
  container?: string;
  /** What its folder is for, in one sentence: said while it is empty. */
  purpose: string;
  /** What deleting one means for what uses it. */
  deletion: string;
  /** Command that makes one. Default: `tasks.new`. */
  newCommand?: string;
  /** A sentence while a name will not do. Default: lower-case letters, digits and -. */
  wrongName?(name: string): string | undefined;
  /** What another one of this name says, where a copy cannot say the same: ids that are there once. */
  copied?(content: Content, name: string): Content;
  /** Loaded when texts are compared. */
  texts(): Promise<ContentTexts>;
}

/**
 * A kind of resource the gateway keeps in versions. What is registered here has a folder in the explorer, is found by
 * name and by text, made, renamed, duplicated and deleted there, and has its versions and comparisons.
 */
export interface VersionedKind
  extends Required<Omit<KindFacts, 'colour' | 'copied'>>,
    Pick<KindFacts, 'copied'>,
    ResourceCalls {
  colour?: Kind;
  topic: Topic;
  read: Permission;
  write: Permission;
  delete: Permission;
  fileName(name: string): string;
}

/** A kind from what it says of itself and how its resources are asked for. */
export function kindOf(facts: KindFacts, calls: ResourceCalls): VersionedKind {
  const { plural, ending } = facts;
  return {
    container: 'explorer',
    newCommand: `${plural}.new`,
    wrongName: wrongResourceName,
    ...facts,
    ...calls,
    topic: plural as Topic,
    read: `${plural}:read` as Permission,
    write: `${plural}:write` as Permission,
    delete: `${plural}:delete` as Permission,
    fileName: (name) => `${name}${ending}`,
  };
}

/** A kind whose rows are those of the versioned table. */
export function versionedKind(api: Api, rows: VersionedRows, facts: KindFacts): VersionedKind {
  return kindOf(facts, resourceCalls(api, facts.kind, rows));
}

/** Names of resources go into addresses and files. */
export function wrongResourceName(name: string): string | undefined {
  if (resourceName.safeParse(name).success) return undefined;
  return `Expected lower-case letters, digits and -, but it is ${name ? JSON.stringify(name) : 'empty'}.`;
}

/** The kinds this user may read, as the explorer orders them. */
export function readableKinds(kinds: VersionedKinds, context: ContextKeys): readonly VersionedKind[] {
  return inOrder(kinds.getState()).filter(({ read }) => context.get(`permission:${read}`));
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
