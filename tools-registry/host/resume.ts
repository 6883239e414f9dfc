import { createHash } from 'node:crypto';
import type { JsonValue } from '../contract/index.ts';
import { type AskHost, type CallRecording, type HostReply, WAITS } from '../sandbox/runner.ts';
import type { Mask } from './mask.ts';

/** Characters of JSON: it is kept with the run until somebody answers. */
const LONGEST = 1_000_000;

/** What a call goes on from after a person has answered: its recording, without a secret in it. */
export interface Resume {
  /** Of the tool that asked: no other one has asked this. */
  version: number;
  seed: string;
  startedAt: number;
  calls: { call: number; name: string; fingerprint: string }[];
  /** Without `json`, the answer was a secret, which is read anew. */
  replies: { call: number; ok: boolean; at: number; json?: string; asked?: JsonValue }[];
}

/** Services whose answers are secrets. */
const secretServices = new Set(['secrets.get']);

/** Arguments may hold secrets: what is kept says only whether they are the same. */
function fingerprint(seed: string, json: string): string {
  return createHash('sha256').update(seed).update(json).digest('base64url');
}

/** @returns `undefined` when it is too large to be kept */
export function resumeOf(recording: CallRecording, mask: Mask, version: number): JsonValue | undefined {
  const { seed, startedAt, calls, replies } = recording;
  const asked = new Map(calls.map((each) => [each.call, each]));
  const resume: Resume = {
    version,
    seed,
    startedAt,
    calls: calls.map(({ call, name, arguments: json }) => ({
      call,
      name,
      fingerprint: fingerprint(seed, json),
    })),
    replies: replies.map(({ call, ok, json, at }) => {
      const question = asked.get(call);
      return ok && question && secretServices.has(question.name)
        ? { call, ok, at, asked: JSON.parse(question.arguments) as JsonValue }
        : { call, ok, at, json: mask.text(json) };
    }),
  };
  return JSON.stringify(resume).length > LONGEST ? undefined : (resume as unknown as JsonValue);
}

/** A kept resume; `undefined` when it is something else. */
export function readResume(kept: JsonValue | undefined): Resume | undefined {
  const { version, seed, startedAt, calls, replies } = (kept ?? {}) as Partial<Resume>;
  const reads = typeof version === 'number' && typeof seed === 'string' && typeof startedAt === 'number';
  return reads && Array.isArray(calls) && Array.isArray(replies)
    ? { version, seed, startedAt, calls, replies }
    : undefined;
}

/** The recording that a call goes on from, with the secrets as they are now. */
export async function recordingOf(
  { seed, startedAt, calls, replies }: Resume,
  ask: AskHost,
  signal: AbortSignal,
): Promise<CallRecording> {
  const names = new Map(calls.map(({ call, name }) => [call, name]));
  const read: HostReply[] = [];
  for (const { call, ok, at, json, asked } of replies) {
    if (json !== undefined) {
      read.push({ call, ok, at, json });
      continue;
    }
    const answer = await ask({ name: names.get(call) ?? '', arguments: asked ?? null, call }, signal);
    if (answer === WAITS) continue;
    const { ok: has } = answer;
    const value = answer.ok ? answer.value : { code: answer.code, message: answer.message };
    read.push({ call, ok: has, at, json: JSON.stringify(value) });
  }
  return {
    seed,
    startedAt,
    calls: calls.map(({ call, name, fingerprint: print }) => ({ call, name, arguments: print })),
    replies: read,
  };
}

/** Whether what a resumed call asks is what it asked before. */
export function isSameQuestion(seed: string): (recorded: string, asked: string) => boolean {
  return (recorded, asked) => recorded === fingerprint(seed, asked);
}
