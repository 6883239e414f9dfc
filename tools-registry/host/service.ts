import type {
  Capabilities,
  HostCallSummary,
  JsonValue,
  ToolAnswer,
  ToolQuestion,
} from '../contract/index.ts';
import type { HostAnswer, WAITS } from '../sandbox/runner.ts';
import type { Mask } from './mask.ts';
import type { ToolWorld } from './world.ts';

/** Whose call it is, and what it may do. */
export interface ToolCallPlace {
  world: ToolWorld;
  tenantId: string;
  toolId: string;
  /** The run whose files it may see. */
  run: string | undefined;
  /** What is declared, and what of it is granted. */
  declared: Capabilities;
  capabilities: Capabilities;
  mask: Mask;
  /** Whether calling it changes the world: who only reads may write nowhere. */
  sideEffect: boolean;
  /** Whose kept values it sees, if not its own. */
  keepsWith?: string | undefined;
  /** What people answered so far, by question; what they are asked now. */
  answers: { readonly [questionId: string]: ToolAnswer };
  questions: ToolQuestion[];
}

/** One thing tools may ask for. The arguments come from a tool: nothing about them is known but that they are JSON. */
export interface HostService {
  kind: HostCallSummary['kind'];
  /** What is asked, for people; without bodies and values. */
  what(args: { [name: string]: JsonValue }): string;
  /** @param call the tool's own count of what it asks */
  answer(
    args: { [name: string]: JsonValue },
    place: ToolCallPlace,
    signal: AbortSignal,
    call: number,
  ): Promise<HostAnswer | typeof WAITS>;
  /** The answer in a word. */
  outcome(value: JsonValue): string;
}

/** The answer to what is not granted, or not even declared. */
export function refused(what: string, declared: boolean): HostAnswer {
  return {
    ok: false,
    code: 'NOT_GRANTED',
    message: declared
      ? `Expected ${what} to be granted to the tool, but an admin has not granted it yet`
      : `Expected ${what} to be among the tool's capabilities, but it does not declare it`,
  };
}
