import OverlaysModule from 'diagram-js/lib/features/overlays';
import { LayOutUndrawn } from './layout/undrawn.ts';
import { moddleExtensions } from './moddle.ts';
import { ActivityRenderer, type DiagramCatalog } from './renderer.ts';
import { Tokens } from './tokens.ts';

export { type Glyph, glyphSvg, glyphs } from './glyphs.ts';
export { type ActivityKind, activitySize, describeType, kindOf, metaOf } from './kinds.ts';
export { extensionOf, header, type ModdleElement, moddleExtensions, taskType } from './moddle.ts';
export type { DiagramCatalog } from './renderer.ts';
export { shortCount, type TokenCounts, Tokens } from './tokens.ts';

/** bpmn-js modules shared by everything that shows a diagram. */
export const diagramModules = [
  { __init__: ['activityRenderer'], activityRenderer: ['type', ActivityRenderer] },
  { __depends__: [OverlaysModule], __init__: ['tokens'], tokens: ['type', Tokens] },
  { __init__: ['layOutUndrawn'], layOutUndrawn: ['type', LayOutUndrawn] },
];

/** Options which give bpmn-js our colours, type and descriptors. Add `container` and `additionalModules`. */
export function diagramOptions(catalog?: DiagramCatalog) {
  return {
    moddleExtensions,
    catalog,
    bpmnRenderer: {
      defaultFillColor: 'var(--baton-canvas-shape)',
      defaultStrokeColor: 'var(--baton-canvas-stroke)',
      defaultLabelColor: 'var(--baton-canvas-label)',
    },
    textRenderer: {
      defaultStyle: { fontFamily: 'Inter, "Inter Variable", sans-serif', fontSize: 13, lineHeight: 1.23 },
      externalStyle: { fontSize: 11.5, lineHeight: 1.23 },
    },
  };
}
