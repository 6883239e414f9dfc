import type { JsonValue } from '../json.ts';
import { keywords } from './keywords/index.ts';
import { escapeStep, stepsOf } from './place.ts';
import type { Check, Keyword, SchemaNode, SchemaResource, Visit } from './schemaNode.ts';
import { subschemasOf } from './subschemas.ts';
import { isObject } from './words.ts';

/** A schema with all that stands in it, its references resolved inside of it and nowhere else. */
export interface SchemaDocument {
  readonly root: SchemaNode;
  /** Whether some schema asks what others have evaluated. */
  readonly tracks: boolean;
  readonly nodes: ReadonlyMap<string, SchemaNode>;
  /** What a reference in the schema at `node` names; `undefined` when it is not in the document. */
  resolve(reference: string, node: SchemaNode): SchemaNode | undefined;
}

interface Resource extends SchemaResource {
  /** Where it begins in the document. */
  pointer: string;
}

/** Base of a document that has no `$id`. */
const base = 'schema:///document';

const known = Object.entries(keywords) as [string, Keyword][];

export function readSchema(schema: JsonValue): SchemaDocument {
  const nodes = new Map<string, SchemaNode>();
  const resources = new Map<string, Resource>();
  const resourceOf = new Map<string, Resource>();
  let tracks = false;

  /** Takes in a schema and all below it. */
  function take(first: JsonValue, at: string, parent: Resource | undefined): SchemaNode {
    const waiting = [{ schema: first, pointer: at, parent }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const resource = identify(next.schema, next.pointer, next.parent);
      nodes.set(next.pointer, nodeOf(next.schema, next.pointer, resource));
      resourceOf.set(next.pointer, resource);
      if (!isObject(next.schema)) continue;
      if ('unevaluatedProperties' in next.schema || 'unevaluatedItems' in next.schema) tracks = true;
      for (const inner of subschemasOf(next.schema, next.pointer))
        waiting.push({ ...inner, parent: resource });
    }
    return nodes.get(at)!;
  }

  function identify(one: JsonValue, pointer: string, parent: Resource | undefined): Resource {
    const text = (keyword: string) => {
      const value = isObject(one) && Object.hasOwn(one, keyword) ? one[keyword] : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    const uri = absolute(text('$id'), parent?.uri ?? base)?.replace(/#$/, '');
    let resource = parent;
    if (!resource || (uri !== undefined && text('$id') !== undefined)) {
      resource = { uri: uri ?? base, anchors: new Map(), dynamicAnchors: new Map(), pointer };
      resources.set(resource.uri, resource);
    }
    for (const name of [text('$anchor'), text('$dynamicAnchor')])
      if (name !== undefined) resource.anchors.set(name, pointer);
    const dynamic = text('$dynamicAnchor');
    if (dynamic !== undefined) resource.dynamicAnchors.set(dynamic, pointer);
    return resource;
  }

  /** The node at a pointer; places that no keyword makes a schema are taken for one when a reference names them. */
  function nodeAt(pointer: string): SchemaNode | undefined {
    const found = nodes.get(pointer);
    if (found) return found;
    const steps = stepsOf(pointer);
    if (!steps) return undefined;
    let value: JsonValue | undefined = schema;
    let at = '';
    let parent = resourceOf.get('')!;
    for (const step of steps) {
      if (Array.isArray(value)) value = /^(?:0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined;
      else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
      if (value === undefined) return undefined;
      at += `/${escapeStep(step)}`;
      parent = resourceOf.get(at) ?? parent;
    }
    return nodes.get(at) ?? take(value!, at, parent);
  }

  function resolve(reference: string, node: SchemaNode): SchemaNode | undefined {
    const uri = absolute(reference, node.resource.uri);
    if (uri === undefined) return undefined;
    const mark = uri.indexOf('#');
    const resource = resources.get(mark < 0 ? uri : uri.slice(0, mark));
    if (!resource) return undefined;
    const fragment = mark < 0 ? '' : decoded(uri.slice(mark + 1));
    if (fragment === undefined) return undefined;
    if (fragment === '' || fragment.startsWith('/')) return nodeAt(resource.pointer + fragment);
    const pointer = resource.anchors.get(fragment);
    return pointer === undefined ? undefined : nodeAt(pointer);
  }

  function nodeOf(one: JsonValue, pointer: string, resource: Resource): SchemaNode {
    let checks: readonly Check[] | undefined;
    const node: SchemaNode = {
      schema: one,
      pointer,
      resource,
      checks() {
        checks ??= checksOf(node);
        return checks;
      },
    };
    return node;
  }

  function checksOf(node: SchemaNode): Check[] {
    const own = node.schema;
    if (own === false) return [nothingFits];
    if (!isObject(own)) return [];
    const surroundings = {
      schema: own,
      at: nodeAt,
      resolve: (reference: string) => resolve(reference, node),
      child: (...steps: readonly (string | number)[]) =>
        nodeAt(`${node.pointer}${steps.map((step) => `/${escapeStep(step)}`).join('')}`)!,
    };
    return known.flatMap(([keyword, check]) =>
      Object.hasOwn(own, keyword) ? (check(own[keyword]!, surroundings) ?? []) : [],
    );
  }

  const root = take(schema, '', undefined);
  return {
    root,
    get tracks() {
      return tracks;
    },
    nodes,
    resolve,
  };
}

function nothingFits({ at, reasons }: Visit): false {
  reasons?.push({ at, keyword: 'false', expected: 'not to be there', found: 'it is' });
  return false;
}

function absolute(reference: string | undefined, from: string): string | undefined {
  if (reference === undefined) return from;
  if (reference.startsWith('#')) return from + reference;
  try {
    return new URL(reference, from).href;
  } catch {
    return undefined;
  }
}

function decoded(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
