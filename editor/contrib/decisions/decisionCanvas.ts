import type { Result } from '@baton/engine/protocol';
import type { Disposable } from '../../base/disposable.ts';
import type { Failure } from '../../platform/failure.ts';

/** One thing a decision model is looked at as: the whole, or the logic of one decision. */
export interface DecisionView {
  id: string;
  name: string;
  type: 'drd' | 'decisionTable' | 'literalExpression' | 'boxedExpression';
}

/** Where a decision model is drawn and edited, whatever draws it. */
export interface DecisionCanvas extends Disposable {
  readonly element: HTMLElement;
  /** Draws a model; what cannot be drawn leaves what is there. The view that was open stays if it is still there. */
  show(xml: string): Promise<Result<void, Failure>>;
  open(viewId: string): Promise<void>;
  /** Marks rules of its tables: those that hit. */
  mark(rules: readonly string[]): void;
  /** The size of its place changed. */
  resized(): void;
}

export interface DecisionCanvasListeners {
  /** The file after a change, and what was done, so that the same again is one step. */
  changed(xml: string, what: string): void;
  views(views: readonly DecisionView[], active: string | undefined): void;
}

export type MakeDecisionCanvas = (writable: boolean, listeners: DecisionCanvasListeners) => DecisionCanvas;
