import type { Result } from '@baton/engine/protocol';
import type { ModelFailure, ModelRequest, ModelResponse } from '../provider.ts';

/** A model in a file of this machine. */
export interface ModelFile {
  /** As agents call it. */
  name: string;
  path: string;
  /** Bytes. */
  size: number;
}

/** What the program that runs models is told. */
export type ToLocalProgram =
  | {
      kind: 'ask';
      id: number;
      /** Whose question it is: what was said for one is never at hand for another. */
      owner: string;
      file: ModelFile;
      request: ModelRequest;
      /** Whether the answer is wanted as it comes. */
      heard: boolean;
    }
  | { kind: 'abort'; id: number };

/** What it tells. */
export type FromLocalProgram =
  | { kind: 'heard'; id: number; text: string }
  | { kind: 'answered'; id: number; result: Result<ModelResponse, ModelFailure> };

/** A program of its own that runs one model at a time: what brings it down brings nothing else down. */
export interface LocalProgram {
  tell(message: ToLocalProgram): void;
  /** Ends it at once. */
  end(): void;
}

export interface LocalProgramEvents {
  told(message: FromLocalProgram): void;
  /** It is gone, for whatever reason; `because` ends the sentence "but …". Called once, and after nothing else. */
  ended(because: string): void;
}

export type LaunchLocalProgram = (events: LocalProgramEvents) => LocalProgram;
