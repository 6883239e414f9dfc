import type { Capabilities, HostCallSummary, JsonValue } from '../contract/index.ts';
import type { HostAnswer } from '../sandbox/runner.ts';
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
}

/** One thing tools may ask for. The arguments come from a tool: nothing about them is known but that they are JSON. */
export interface HostService {
  kind: HostCallSummary['kind'];
  /** What is asked, for people; without bodies and values. */
  what(args: { [name: string]: JsonValue }): string;
  answer(args: { [name: string]: JsonValue }, place: ToolCallPlace, signal: AbortSignal): Promise<HostAnswer>;
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
