import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type Overlays from 'diagram-js/lib/features/overlays/Overlays';

export interface ElementProblem {
  elementId: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
}

const overlayType = 'problem';
const flowMarker = 'flow-problem';
const off = 6;

/** A dashed frame around every element with a problem, with the same words as the Problems panel. */
export class ProblemFrames {
  static $inject = ['eventBus', 'canvas', 'elementRegistry', 'overlays'];
  private readonly canvas: Canvas;
  private readonly elementRegistry: ElementRegistry;
  private readonly overlays: Overlays;
  private problems: readonly ElementProblem[] = [];
  private flows: string[] = [];

  constructor(eventBus: EventBus, canvas: Canvas, elementRegistry: ElementRegistry, overlays: Overlays) {
    this.canvas = canvas;
    this.elementRegistry = elementRegistry;
    this.overlays = overlays;
    eventBus.on('element.changed', (event: { element: { id: string } }) => {
      if (this.problems.some((problem) => problem.elementId === event.element.id)) this.show(this.problems);
    });
  }

  show(problems: readonly ElementProblem[]): void {
    this.problems = problems;
    this.overlays.remove({ type: overlayType } as never);
    for (const flow of this.flows) {
      if (this.elementRegistry.get(flow)) this.canvas.removeMarker(flow, flowMarker);
    }
    this.flows = [];
    const byElement = new Map<string, ElementProblem[]>();
    for (const problem of problems) {
      byElement.set(problem.elementId, [...(byElement.get(problem.elementId) ?? []), problem]);
    }
    for (const [elementId, its] of byElement) this.frame(elementId, its);
  }

  private frame(elementId: string, problems: readonly ElementProblem[]): void {
    const element = this.elementRegistry.get(elementId) as
      | { width?: number; height?: number; waypoints?: unknown }
      | undefined;
    if (!element) return;
    if (element.waypoints) {
      this.canvas.addMarker(elementId, flowMarker);
      this.flows.push(elementId);
      return;
    }
    if (!element.width || !element.height) return;
    const html = document.createElement('div');
    const worst = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
    html.className = `problem-frame ${worst}`;
    html.style.width = `${element.width + 2 * off}px`;
    html.style.height = `${element.height + 2 * off}px`;
    html.title = problems.map((problem) => problem.message).join('\n');
    html.setAttribute('role', 'img');
    html.setAttribute('aria-label', html.title);
    this.overlays.add(elementId, overlayType, { position: { left: -off, top: -off }, html });
  }
}
