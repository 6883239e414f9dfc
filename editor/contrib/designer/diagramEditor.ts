import type { Result } from '@baton/engine/protocol';
import type { Element } from 'bpmn-js/lib/model/Types';
import type { Event } from '../../base/event.ts';
import type { Failure } from '../../platform/failure.ts';
import type { ElementTemplate } from './elementTemplates/template.ts';

/** What a workflow document needs of the canvas. `bpmn/diagramEditor.ts` makes the real one, tests a small one. */
export interface DiagramEditor {
  /** Where the canvas lives; the pane on show takes it in. */
  readonly element: HTMLElement;
  /** A bpmn-js service by name. */
  get<T>(name: string): T;
  readonly onChanged: Event<'execute' | 'undo' | 'redo'>;
  readonly onSelected: Event<void>;
  /** Whether a text is BPMN at all; changes nothing. */
  read(xml: string): Promise<Result<void, Failure>>;
  /** Draws a file; what was drawn before and its undo steps are gone. Answers what of it could not be drawn. */
  load(xml: string): Promise<Result<readonly string[], Failure>>;
  xml(): Promise<string>;
  /** Place in the stack of commands; the same place without new commands between is the same diagram. */
  position(): number;
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
  /** The one selected element, the process when nothing is, `undefined` for several. */
  selected(): Element | undefined;
  /** The element with this id, or the one holding the part with this id. */
  find(id: string): Element | undefined;
  /** Selects and centres. */
  select(id: string): void;
  /** What elements may be of; those of the diagram have their fields from it. */
  offer(templates: readonly { template: ElementTemplate; builtIn: boolean }[]): void;
  /** Shows the whole diagram, at most in natural size. */
  fit(): void;
  dispose(): void;
}
