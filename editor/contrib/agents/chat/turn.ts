import type { AgentRunEvent, AgentRunView, AgentRunWithSteps, JsonValue } from '@baton/gateway/api';
import type { Failure } from '../../../platform/failure.ts';

/** What a run used so far; `cost` in USD. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cost: number;
}

export interface TextPart {
  kind: 'text';
  text: string;
}

export interface CallPart {
  kind: 'call';
  id: string;
  name: string;
  arguments: unknown;
  /** `waiting`: for a person's answer. */
  state: 'running' | 'waiting' | 'done' | 'failed';
  /** What is asked of a person, while it waits. */
  asked?: { id: string; kind: 'input' | 'approval'; message: string };
  result?: unknown;
  /** Why it failed. */
  error?: string;
  /** ms */
  duration?: number;
}

/** A model could not answer, and the next of the agent's chain is asked. */
export interface SwitchPart {
  kind: 'switch';
  /** `provider/model` */
  from: string;
  to: string;
  code: string;
}

export type TurnPart = TextPart | CallPart | SwitchPart;

/** One message to the agent and what it did about it. */
export interface Turn {
  id: number;
  prompt: string;
  /** The prompt and the values that went with it. */
  said: string;
  /** Who asked, when it was somebody else. */
  by?: string;
  /** Text and tool calls in the order they came. */
  parts: readonly TurnPart[];
  /** `stopped`: by the user. */
  status: 'running' | 'done' | 'stopped' | 'failed';
  /** What it was asked to do: the draft or a version. */
  of: 'draft' | number;
  /** Answers of the model so far. */
  loops: number;
  usage: Usage;
  /** ms since 1970 */
  startedAt: number;
  /** ms, once it has ended. */
  duration?: number;
  runId?: string;
  /** An answer that is no text. */
  output?: JsonValue;
  failure?: Failure;
}

export function begun(
  id: number,
  asked: Pick<Turn, 'prompt' | 'said'>,
  of: Turn['of'],
  startedAt: number,
): Turn {
  return {
    id,
    ...asked,
    parts: [],
    status: 'running',
    of,
    loops: 0,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
    startedAt,
  };
}

export function tokensOf({ inputTokens, outputTokens }: Usage): number {
  return inputTokens + outputTokens;
}

/** The turn with what the run has told. */
export function turnAfter(turn: Turn, { event, data }: AgentRunEvent): Turn {
  switch (event) {
    case 'run.started':
      return { ...turn, runId: data.id };
    case 'text.delta':
      return withText(turn, data.text);
    case 'model.switched':
      return withSwitch(turn, { kind: 'switch', ...data });
    case 'run.restarted':
      // What was said of an answer that has not ended is nobody's.
      return turn.parts.at(-1)?.kind === 'text' ? { ...turn, parts: turn.parts.slice(0, -1) } : turn;
    case 'tool.started':
      return withCall(turn, data.callId, {
        name: data.name,
        arguments: data.arguments,
        state: 'running',
        asked: undefined,
      });
    case 'question.asked': {
      const { id, callId, kind, tool, message, proposed } = data;
      const asked = { id, kind, message };
      // Whether a call may be made can be asked before it has begun.
      const known = turn.parts.some((part) => part.kind === 'call' && part.id === callId);
      return withCall(turn, callId, {
        ...(!known && { name: tool, arguments: proposed ?? {} }),
        state: 'waiting',
        asked,
      });
    }
    case 'question.answered':
      return withCall(turn, data.callId, { state: 'running', asked: undefined });
    case 'tool.finished':
      return withCall(turn, data.callId, {
        name: data.name,
        state: data.ok ? 'done' : 'failed',
        duration: data.duration,
        ...(data.result !== undefined && { result: data.result }),
        ...(data.error && { error: data.error.message }),
        asked: undefined,
      });
    case 'usage':
      // It is told after tool calls, too; only an answer of the model has more output.
      return {
        ...turn,
        usage: data,
        loops: turn.loops + (data.outputTokens > turn.usage.outputTokens ? 1 : 0),
      };
  }
}

type CallChange = Partial<Omit<CallPart, 'kind' | 'id' | 'asked'>> & {
  asked?: CallPart['asked'] | undefined;
};

/** The call as it is now; a new one comes last. */
function withCall(turn: Turn, id: string, { asked, ...change }: CallChange): Turn {
  const at = turn.parts.findIndex((part) => part.kind === 'call' && part.id === id);
  const { asked: _, ...before } = (turn.parts[at] ?? {
    kind: 'call',
    id,
    name: '',
    arguments: {},
    state: 'running',
  }) as CallPart;
  const call: CallPart = { ...before, ...change, ...(asked && { asked }) };
  return {
    ...turn,
    parts: at === -1 ? [...turn.parts, call] : turn.parts.map((part, each) => (each === at ? call : part)),
  };
}

function withText(turn: Turn, text: string): Turn {
  const last = turn.parts.at(-1);
  return {
    ...turn,
    parts:
      last?.kind === 'text'
        ? [...turn.parts.slice(0, -1), { kind: 'text', text: last.text + text }]
        : [...turn.parts, { kind: 'text', text }],
  };
}

/** What the one before said of its answer counts no more. */
function withSwitch(turn: Turn, part: SwitchPart): Turn {
  const before = turn.parts.at(-1)?.kind === 'text' ? turn.parts.slice(0, -1) : turn.parts;
  return { ...turn, parts: [...before, part] };
}

/** The turn as its run ended. */
export function turnOfRun(turn: Turn, run: AgentRunView): Turn {
  const { output, usage, duration, error } = run;
  const end = { usage, duration };
  if (run.status === 'cancelled') return ended(turn, 'stopped', end);
  if (run.status === 'failed')
    return ended(turn, 'failed', {
      ...end,
      failure: error ?? {
        code: 'INTERNAL',
        message: 'Expected the run to say why it failed, but it does not.',
      },
    });
  const done = ended(turn, 'done', end);
  if (output === null) return done;
  const text = textOf(output);
  if (text !== undefined) return answerOf(turn) ? done : withText(done, text);
  // Values stream as their JSON; read as values they are said once.
  return {
    ...done,
    parts: done.parts.filter((part) => part.kind !== 'text' || !saysSame(part, output)),
    output,
  };
}

/** A plain answer is text, or values that are nothing but a text. */
function textOf(output: JsonValue): string | undefined {
  if (typeof output === 'string') return output;
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return undefined;
  const { text, ...rest } = output;
  return typeof text === 'string' && Object.keys(rest).length === 0 ? text : undefined;
}

function saysSame({ text }: TextPart, output: JsonValue): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(output);
  } catch {
    return false;
  }
}

/** A run of before, from what was recorded of it. */
export function earlierTurn(run: AgentRunWithSteps): Turn {
  const { prompt, input } = run;
  const said = [input && JSON.stringify(input, null, 2), prompt].filter(Boolean).join('\n\n');
  const turn = begun(0, { prompt, said }, run.agent.version || 'draft', Date.parse(run.startedAt));
  const parts = run.steps.flatMap((step): TurnPart[] => {
    if (step.kind === 'model')
      return step.fallback
        ? [
            {
              kind: 'switch',
              from: step.fallback.after.model,
              to: step.model,
              code: step.fallback.after.code,
            },
          ]
        : [];
    return [
      {
        kind: 'call',
        id: `${run.id}/${step.sequence}`,
        name: step.name,
        arguments: step.request,
        state: step.error ? 'failed' : 'done',
        duration: step.duration,
        ...(step.error ? { error: step.error.message } : { result: step.response }),
      },
    ];
  });
  const loops = run.steps.filter(({ kind, error }) => kind === 'model' && !error).length;
  return turnOfRun({ ...turn, runId: run.id, by: run.by, parts, loops }, run);
}

/** The turn at its end; calls that have not come back never will. */
export function ended(
  turn: Turn,
  status: Exclude<Turn['status'], 'running'>,
  rest: Partial<Pick<Turn, 'failure' | 'output' | 'duration' | 'usage'>>,
): Turn {
  return {
    ...turn,
    ...rest,
    status,
    parts: turn.parts.map((part) =>
      part.kind === 'call' && (part.state === 'running' || part.state === 'waiting')
        ? { ...part, state: 'failed', error: 'Not answered' }
        : part,
    ),
  };
}

/** The answer as one text. */
export function answerOf(turn: Turn): string {
  return turn.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
