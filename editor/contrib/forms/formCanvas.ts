import type { Result } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import type { Disposable } from '../../base/disposable.ts';
import type { Failure } from '../../platform/failure.ts';

/** Where a form is drawn and edited, whatever draws it. */
export interface FormCanvas extends Disposable {
  /** The form with its palette. */
  readonly element: HTMLElement;
  /** Everything about the selected component. */
  readonly properties: HTMLElement;
  /** Draws a form; what cannot be drawn leaves what is there. Keeps the selection where its component is still there. */
  show(form: JsonValue): Promise<Result<void, Failure>>;
  select(componentId: string): void;
  selected(): string | undefined;
}

/** What the canvas tells: the form after a change, and what was done, so that the same again is one step. */
export interface FormCanvasListeners {
  changed(form: JsonValue, what: string): void;
  selected(componentId: string | undefined): void;
}

export type MakeFormCanvas = (listeners: FormCanvasListeners) => FormCanvas;
