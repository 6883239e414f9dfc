import { ok, type Result } from '@baton/engine/protocol';
import { dmnNamesOf } from '@baton/gateway/documents';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OutlineItem, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { createFileDocument, type FileDocument } from '../../platform/fileDocument.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TextReading } from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import type { DecisionCanvas, DecisionView, MakeDecisionCanvas } from './decisionCanvas.ts';
import { decidesAlike } from './decisionTests.ts';
import { createTrial, type Trial } from './decisionTrial.ts';
import { createKeptTests, type KeptTests } from './keptTests.ts';
import { readXml } from './xmlText.ts';

export interface DrawnState {
  views: readonly DecisionView[];
  active: string | undefined;
  /** Why the model as it is written cannot be drawn. */
  undrawn: string | undefined;
}

/** A decision model as its diagram, its tables and its XML. */
export interface DecisionDocument extends FileDocument {
  readonly canvas: DecisionCanvas;
  readonly drawn: StoreApi<DrawnState>;
  readonly trial: Trial;
  readonly tests: KeptTests;
  openView(id: string): void;
}

const nothing: TextReading = { value: null, places: new Map() };

export async function openDecision(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
  makeCanvas: MakeDecisionCanvas,
): Promise<Result<DecisionDocument, Failure>> {
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const drawn = createStore<DrawnState>(() => ({ views: [], active: undefined, undrawn: undefined }));
  const writable = Boolean(platform.context.get(`permission:${read.value.versioned.write}`));
  const canvas = makeCanvas(writable, {
    changed(xml, what) {
      shown = xml;
      file.redraw(xml, what);
    },
    views: (views, active) => drawn.setState({ views, active }),
  });
  /** The text the canvas shows. */
  let shown: string | undefined;

  const file: FileDocument = createFileDocument({
    ...read.value,
    part: 'xml',
    language: 'xml',
    mode: 'decision',
    textModes: ['xml', 'both'],
    read: readXml,
    outline: outlineOf,
    reveal({ elementId }) {
      if (elementId === undefined || !drawn.getState().views.some(({ id }) => id === elementId)) return false;
      if (file.view.getState().mode === 'xml') file.showMode('both');
      void canvas.open(elementId);
      return true;
    },
    nothing,
  });

  let drawing = Promise.resolve();
  /** What was undone, typed or came from the server is drawn; what cannot be leaves the model as it last was. */
  function draw() {
    const { draft, unreadable } = file.view.getState();
    if (unreadable || draft === shown) return drawing;
    shown = draft;
    drawing = drawing.then(async () => {
      // Another text came meanwhile.
      if (shown !== draft) return;
      const answer = await canvas.show(draft);
      drawn.setState({ undrawn: answer.ok ? undefined : answer.failure.message });
    });
    return drawing;
  }
  await draw();
  const trial = createTrial(platform, (answer) =>
    canvas.mark(answer?.ok ? answer.steps.flatMap(({ rules }) => rules.map(({ id }) => id)) : []),
  );
  const tests = createKeptTests(platform, file);
  const following = file.view.subscribe(({ draft }) => {
    // Another table may hit other rules.
    if (!decidesAlike(trial.getState().of?.xml, draft)) canvas.mark([]);
    void draw();
  });

  return ok({
    ...file,
    canvas,
    drawn,
    trial,
    tests,
    openView: (id) => void canvas.open(id),
    dispose() {
      following();
      file.dispose();
      canvas.dispose();
    },
  });
}

function outlineOf(xml: string): OutlineItem[] {
  return dmnNamesOf(xml).decisions.map(({ id, name, offset }) => ({
    id,
    name: name || id,
    type: 'Decision',
    detail: id,
    place: { elementId: id, line: xml.slice(0, offset).split('\n').length },
  }));
}
