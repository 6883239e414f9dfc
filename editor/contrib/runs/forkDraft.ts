import { type agentRecording, forkChange, type JsonValue } from '@baton/gateway/api';
import type { z } from 'zod';
import { type Loop, loopsOf, type Step } from './loops.ts';

export type Recording = z.infer<typeof agentRecording>;
export type ForkChange = z.infer<typeof forkChange>;

/** What is being changed: fields that say what was recorded change nothing. */
export interface ForkDraft {
  from: number;
  provider: string;
  model: string;
  systemPrompt: string;
  userPrompt: string;
  /** JSON as it is typed, by the model's id of the call. */
  toolResults: Readonly<Record<string, string>>;
}

/** The loops of a recording that can be forked from: those in which a model answered. */
export function loopsOfRecording(recording: Recording): Loop[] {
  const steps = recording.calls.map(
    (call): Step => ({ ...call, startedAt: new Date(call.startedAt).toISOString() }) as Step,
  );
  return loopsOf(steps).filter(({ model }) => model);
}

/** Calls whose results are what the loop begins with: those of the loop before it. */
export function resultsBefore(loops: readonly Loop[], from: number): { id: string; step: Step }[] {
  return (loops.find(({ number }) => number === from - 1)?.tools ?? []).map((step) => {
    const { request } = step;
    const id =
      typeof request === 'object' && request !== null && !Array.isArray(request) ? request.callId : undefined;
    return { id: typeof id === 'string' ? id : step.name, step };
  });
}

const textOf = (value: JsonValue) => JSON.stringify(value, null, 2);
const said = (definition: Recording['agent']['definition'], member: string) => {
  const value = definition[member];
  return typeof value === 'string' ? value : '';
};

/** The run as it was from a loop on: what is changed from here is what the fork does otherwise. */
export function recordedDraft(recording: Recording, from: number): ForkDraft {
  const loops = loopsOfRecording(recording);
  const { definition } = recording.agent;
  const [provider = '', ...model] = (loops.find(({ number }) => number === from)?.model?.model ?? '').split(
    '/',
  );
  return {
    from,
    provider,
    model: model.join('/'),
    systemPrompt: said(definition, 'systemPrompt'),
    userPrompt: said(definition, 'userPrompt'),
    toolResults: Object.fromEntries(
      resultsBefore(loops, from).map(({ id, step }) => [id, step.error ? '' : textOf(step.response)]),
    ),
  };
}

export interface DraftReading {
  change: ForkChange | undefined;
  /** Names of what is otherwise than recorded. */
  changed: readonly string[];
  /** Calls whose result cannot be read as JSON. */
  unreadable: readonly string[];
}

/** What the draft asks for; nothing that is as it was goes along. */
export function readDraft(recording: Recording, draft: ForkDraft): DraftReading {
  const before = recordedDraft(recording, draft.from);
  const unreadable: string[] = [];
  const toolResults: { [id: string]: JsonValue } = {};
  for (const [id, text] of Object.entries(draft.toolResults)) {
    if (text === before.toolResults[id]) continue;
    try {
      toolResults[id] = JSON.parse(text) as JsonValue;
    } catch {
      unreadable.push(id);
    }
  }
  const otherModel = draft.provider !== before.provider || draft.model !== before.model;
  const change = {
    from: draft.from,
    ...(otherModel && { provider: draft.provider, model: draft.model }),
    ...(draft.systemPrompt !== before.systemPrompt && { systemPrompt: draft.systemPrompt }),
    ...(draft.userPrompt !== before.userPrompt && { userPrompt: draft.userPrompt }),
    ...(Object.keys(toolResults).length > 0 && { toolResults }),
  };
  const parsed = forkChange.safeParse(change);
  const changed = [
    otherModel && 'model',
    'systemPrompt' in change && 'system prompt',
    'userPrompt' in change && 'user prompt',
    'toolResults' in change && 'tool results',
  ].filter((name) => name !== false);
  return { change: parsed.success && unreadable.length === 0 ? parsed.data : undefined, changed, unreadable };
}
