import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { type Place, type Resource, resourceKey } from './documents.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A place in a document that needs attention. */
export interface Problem extends Place {
  severity: Severity;
  /** Stable: `feel(syntax)`. */
  code: string;
  /** "Expected …, but …" */
  message: string;
  /** Name of the element the problem is at, for the list. */
  elementName?: string;
  /** Quick fix, offered beside the message. */
  fix?: { title: string; run(): void };
}

export interface DocumentProblems {
  resource: Resource;
  /** Title of the document as the list shows it. */
  title: string;
  problems: readonly Problem[];
}

export interface Problems extends Readable<ReadonlyMap<string, DocumentProblems>> {
  /** Replaces what `owner` (a linter, the deploy answer) knows of a document; no problems clears. */
  set(owner: string, resource: Resource, title: string, problems: readonly Problem[]): void;
  /** All problems of one document. */
  of(resource: Resource): readonly Problem[];
  counts(): Record<Severity, number>;
  /** How to show a problem of an open document; without one the frame opens it and calls `reveal` of its model. */
  onReveal(resource: Resource, reveal: (problem: Problem) => void): Disposable;
  reveal(resource: Resource, problem: Problem): boolean;
}

export function createProblems(): Problems {
  const byOwner = new Map<string, Map<string, DocumentProblems>>();
  const reveals = new Map<string, (problem: Problem) => void>();
  const store = createStore<ReadonlyMap<string, DocumentProblems>>(() => new Map());
  const merge = () => {
    const all = new Map<string, DocumentProblems>();
    for (const documents of byOwner.values()) {
      for (const [key, entry] of documents) {
        const known = all.get(key);
        all.set(key, known ? { ...entry, problems: [...known.problems, ...entry.problems] } : entry);
      }
    }
    store.setState(all, true);
  };
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set(owner, resource, title, problems) {
      const documents = byOwner.get(owner) ?? new Map<string, DocumentProblems>();
      byOwner.set(owner, documents);
      if (problems.length > 0) documents.set(resourceKey(resource), { resource, title, problems });
      else if (!documents.delete(resourceKey(resource))) return;
      merge();
    },
    of: (resource) => store.getState().get(resourceKey(resource))?.problems ?? [],
    counts() {
      const counts = { error: 0, warning: 0, info: 0 };
      for (const { problems } of store.getState().values())
        for (const problem of problems) counts[problem.severity]++;
      return counts;
    },
    onReveal(resource, reveal) {
      reveals.set(resourceKey(resource), reveal);
      return disposable(() => {
        if (reveals.get(resourceKey(resource)) === reveal) reveals.delete(resourceKey(resource));
      });
    },
    reveal(resource, problem) {
      const reveal = reveals.get(resourceKey(resource));
      reveal?.(problem);
      return reveal !== undefined;
    },
  };
}
