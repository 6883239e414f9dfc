import { ok, type Result } from '@baton/engine/protocol';
import type { Request } from 'express';
import { type Refusal, refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

/** Bytes: the largest workflow a schema takes, escaped, with room for the rest. */
export const bodyLimit = 4 * 1024 * 1024;
/** Levels of nesting; deeper documents would exhaust the stack of whoever walks them. */
export const depthLimit = 200;

/** Reads a JSON body of bounded size and depth, without keys that reach into prototypes. */
export function jsonBody(limit = bodyLimit): Stage {
  return async (exchange) => {
    if (!exchange.row.body) return ok();
    const { request } = exchange;
    const type = request.get('content-type');
    if (type !== undefined && !request.is('application/json')) {
      return refuse(
        'UNSUPPORTED_MEDIA_TYPE',
        `Expected a body of type application/json, but got ${type.slice(0, 100)}`,
      );
    }
    if (request.get('content-encoding') !== undefined) {
      return refuse('UNSUPPORTED_MEDIA_TYPE', 'Expected a body without Content-Encoding, but it has one');
    }
    const read = await readBody(request, limit);
    if (!read.ok) return read;
    if (read.value === '') return ok();
    let parsed: unknown;
    try {
      parsed = JSON.parse(read.value);
    } catch (error) {
      return refuse(
        'BODY_INVALID_JSON',
        `Expected a body of JSON, but ${error instanceof Error ? error.message : 'it is not'}`,
      );
    }
    const checked = checkShape(parsed);
    if (checked.ok) exchange.body = parsed;
    return checked;
  };
}

function readBody(request: Request, limit: number): Promise<Result<string, Refusal>> {
  const tooLarge = () =>
    refuse('BODY_TOO_LARGE', `Expected a body of at most ${limit} bytes, but it is larger`, { limit });
  if (Number(request.get('content-length') ?? 0) > limit) return Promise.resolve(tooLarge());
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        resolve(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve({ ok: true, value: Buffer.concat(chunks).toString('utf8') }));
    const broken = () =>
      resolve(refuse('BODY_INVALID_JSON', 'Expected the whole body, but the connection ended'));
    request.on('error', broken);
    request.on('aborted', broken);
  });
}

/** Walks without recursion: the document is not trusted yet. */
function checkShape(document: unknown): Result<void, Refusal> {
  let level: unknown[] = [document];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit) {
      return refuse(
        'VALIDATION_FAILED',
        `Expected a body nested at most ${depthLimit} deep, but it is deeper`,
      );
    }
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) {
        const key = pollutingKey(value as Record<string, unknown>);
        if (key) {
          return refuse('VALIDATION_FAILED', `Expected a body without the key '${key}', but it has one`, {
            issues: [{ path: [key], message: `Expected no key '${key}'` }],
          });
        }
      }
      for (const child of Object.values(value)) next.push(child);
    }
    level = next;
  }
  return ok();
}

function pollutingKey(value: Record<string, unknown>): string | undefined {
  if (Object.hasOwn(value, '__proto__')) return '__proto__';
  const shadow = Object.hasOwn(value, 'constructor') ? value.constructor : undefined;
  return typeof shadow === 'object' && shadow && Object.hasOwn(shadow, 'prototype')
    ? 'constructor'
    : undefined;
}
