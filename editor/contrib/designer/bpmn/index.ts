import AutoPlaceModule from 'bpmn-js/lib/features/auto-place';
import { CloudElementTemplatesCoreModule } from 'bpmn-js-element-templates/core';
import CreateModule from 'diagram-js/lib/features/create';
import { diagramModules } from '../../../ui/diagram/index.ts';
import { AddMenu } from './addMenu.ts';
import { behaviors } from './behavior/index.ts';
import { ContextPadBelow, ContextPadEntries } from './contextPad.ts';
import { DropTarget } from './dropTarget.ts';
import { Extensions } from './extensions.ts';
import { CanvasKeys } from './keys.ts';
import { PaletteEntries } from './palette.ts';
import { Placing } from './placeables.ts';
import { ProblemFrames } from './problemFrames.ts';
import { QuickFocus } from './quickFocus.ts';
import { QuickMenu } from './quickMenu.ts';
import { ReadableIds } from './readableIds.ts';
import { ReplaceWithKind } from './replaceMenu.ts';

/** bpmn-js modules of the designer, to be added to a `Modeler`. Names of bpmn-js' own replace what it brings. */
export const designerModules = [
  ...diagramModules,
  CloudElementTemplatesCoreModule,
  { extensions: ['type', Extensions], readableIds: ['type', ReadableIds], placing: ['type', Placing] },
  { __init__: Object.keys(behaviors), ...behaviors },
  { __depends__: [AutoPlaceModule, CreateModule], __init__: ['addMenu'], addMenu: ['type', AddMenu] },
  { paletteProvider: ['type', PaletteEntries] },
  { contextPad: ['type', ContextPadBelow], contextPadProvider: ['type', ContextPadEntries] },
  { __init__: ['replaceWithKind'], replaceWithKind: ['type', ReplaceWithKind] },
  { __init__: ['canvasKeys'], canvasKeys: ['type', CanvasKeys] },
  {
    __init__: ['quickFocus', 'quickMenu'],
    quickFocus: ['type', QuickFocus],
    quickMenu: ['type', QuickMenu],
  },
  { __init__: ['problemFrames'], problemFrames: ['type', ProblemFrames] },
  // bpmn-js would sort the shapes of the file by their place on the canvas: lines nobody edited would move.
  { bpmnDiOrdering: ['value', undefined] },
  { __init__: ['dropTarget'], dropTarget: ['type', DropTarget] },
];
