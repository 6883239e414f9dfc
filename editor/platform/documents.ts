import type { Result } from '@baton/engine/protocol';
import type { ComponentType } from 'react';
import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { Failure } from './failure.ts';
import type { IconName } from './icons.ts';

/** Names a document: what kind it is and which one of that kind. `kind` + `id` identify it; `name` is a hint until it is loaded. */
export interface Resource {
  kind: string;
  id: string;
  name?: string;
}

/** `workflow:17`: the key of tabs, problems and backups. */
export function resourceKey(resource: Resource): string {
  return `${resource.kind}:${resource.id}`;
}

/** One step of the path above the editor; with `reveal` it can be clicked. */
export interface Crumb {
  label: string;
  icon?: IconName;
  reveal?: () => void;
}

export interface DocumentState {
  /** As the tab shows it, file ending included: `Support triage.bpmn`. */
  title: string;
  /** There are changes the server does not have: dot in the tab, Ctrl+S, question before closing. */
  dirty: boolean;
  /** There is a draft beside the published version. */
  draft?: boolean;
  canUndo?: boolean;
  canRedo?: boolean;
  /** What is selected inside the document, after its folder and title. */
  crumbs?: readonly Crumb[];
  /** Short text for the status bar: `Draft of v13`. */
  status?: string;
}

/**
 * An open document, one per resource however many panes show it. It lives from `DocumentKind.open` to `dispose`;
 * panes come and go (a tab behind others may lose its pane), so whatever must survive lives here, not in the component.
 */
export interface DocumentModel {
  readonly resource: Resource;
  /** `state.getState()` answers the same object until something changed (a zustand vanilla store does). */
  readonly state: Readable<DocumentState>;
  /** Saves; a failure is shown to the user by the frame. Read-only documents leave it out. */
  save?(): Promise<Result<void, Failure>>;
  undo?(): void;
  redo?(): void;
  /**
   * The unsaved work as text, or `undefined` if there is none. The frame keeps it in the browser, so that a reload or
   * an ended session loses nothing; `open` gets it back as `options.backup`.
   */
  backup?(): string | undefined;
  /** Shows a place inside: a BPMN element id, a field, or a line. Called by Problems and by links. */
  reveal?(place: Place): void;
  /**
   * What is inside, in reading order: elements of a workflow, fields of an agent, functions of a tool, headings of a
   * note. The palette lists it behind `@` and hands the place to `reveal`. Asked when it is shown, so it may be computed.
   */
  outline?(): readonly OutlineItem[];
  /** Where the user is inside, for links to it. */
  here?(): Place | undefined;
  /** Other documents named there: by the element that is selected, the field that is worked on. */
  named?(): readonly DocumentName[];
  dispose(): void;
}

/** Another document as an element or field names it: forms, decisions and processes by the id they give themselves. */
export interface DocumentName {
  /** Document kind, or `process`. */
  kind: string;
  name: string;
}

/** One named thing inside a document. */
export interface OutlineItem {
  /** Unique inside the document. */
  id: string;
  /** As the user named it, else what it is: `Classify the request`. */
  name: string;
  /** What it is, in the user's words; `@:` groups by it: `Service task`, `Field`, `Function`. */
  type: string;
  /** Dim, after the name: its id, type or value. */
  detail?: string;
  icon?: IconName;
  /** How deep it stands inside others; 0 when left out. */
  depth?: number;
  place: Place;
}

/** A place inside a document. */
export interface Place {
  elementId?: string;
  path?: readonly string[];
  /** 1-based. */
  line?: number;
  column?: number;
  /** 0-based place inside the FEEL expression that `elementId` and `path` name. */
  offset?: number;
}

export interface OpenOptions {
  /** Text which `DocumentModel.backup` answered earlier. */
  backup?: string;
}

/** What panes, head actions and secondary views get. `M` is the kind's own model. */
export interface DocumentProps<M extends DocumentModel = DocumentModel> {
  document: M;
}

/** A kind of document. Register one per kind: `platform.documentKinds.register(documentKind({ kind: 'workflow', … }))`. */
export interface DocumentKind<M extends DocumentModel = DocumentModel> {
  /** Unique, also the `documentKind` context key: `when: "documentKind == 'workflow'"`. */
  kind: string;
  /** Singular, in the user's words: `Workflow`. */
  label: string;
  icon: IconName;
  /** First breadcrumb and folder in the explorer: `workflows`. Leave it out for pages such as Welcome. */
  folder?: string;
  /** Tab title before the document is loaded. Default: the resource's name, else the label. */
  title?(resource: Resource): string;
  open(resource: Resource, options: OpenOptions): Promise<Result<M, Failure>>;
  /** The editor. `React.lazy` is welcome: the frame shows skeletons meanwhile. */
  EditorPane: ComponentType<DocumentProps<M>>;
  /** Controls of the kind's own left of the buttons in the tab bar (a Canvas | XML switch). Buttons themselves come from menu `editor/title`. */
  HeadActions?: ComponentType<DocumentProps<M>>;
  /** Content of the secondary side bar while such a document is active. */
  secondary?: {
    title: string;
    View: ComponentType<DocumentProps<M>>;
    Actions?: ComponentType<DocumentProps<M>>;
  };
  /** Its editor can be mounted in one place only (a canvas): splitting and opening to the side move its tab instead of showing it twice. */
  onePane?: boolean;
  /** Three columns of its own: below 1200 px the side bar hides until Ctrl+B. */
  wide?: boolean;
}

/** Types the kind against its own model and hands it to the registry as any kind. */
export function documentKind<M extends DocumentModel>(kind: DocumentKind<M>): DocumentKind {
  return kind as unknown as DocumentKind;
}

export type DocumentKinds = Registry<DocumentKind>;

export function createDocumentKinds(): DocumentKinds {
  return createRegistry<DocumentKind>('document kind', (kind) => kind.kind);
}
