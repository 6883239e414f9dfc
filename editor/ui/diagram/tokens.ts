import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type Overlays from 'diagram-js/lib/features/overlays/Overlays';

export interface TokenCounts {
  running: number;
  waiting: number;
  incident: number;
  completed: number;
}
export type TokenState = keyof TokenCounts;

interface Waypoint {
  x: number;
  y: number;
}

const overlayType = 'token';
const takenMarker = 'flow-taken';
const restMarker = 'not-taken';
/** Beyond so many moves a second only counts change. */
const movesAtOnce = 50;

/** `999` stays, `1234` reads `1.2k`. */
export function shortCount(count: number): string {
  return count < 1000 ? String(count) : `${(Math.floor(count / 100) / 10).toFixed(1).replace(/\.0$/, '')}k`;
}

const corner: Record<TokenState, 'bottomLeft' | 'topRight'> = {
  running: 'bottomLeft',
  waiting: 'bottomLeft',
  incident: 'topRight',
  completed: 'topRight',
};

/** Shows where a run, or all runs of a version, stand: counts on the elements, taken flows, moving tokens. */
export class Tokens {
  static $inject = ['canvas', 'elementRegistry', 'overlays'];
  private readonly canvas: Canvas;
  private readonly elementRegistry: ElementRegistry;
  private readonly overlays: Overlays;
  private moving = 0;
  private drawn = new Map<string, string>();

  constructor(canvas: Canvas, elementRegistry: ElementRegistry, overlays: Overlays) {
    this.canvas = canvas;
    this.elementRegistry = elementRegistry;
    this.overlays = overlays;
  }

  /** Replaces all counts. Elements whose counts did not change are left alone, so that their pulse goes on. */
  show(counts: ReadonlyMap<string, TokenCounts>): void {
    for (const elementId of this.drawn.keys()) {
      if (!counts.has(elementId)) this.draw(elementId, undefined);
    }
    for (const [elementId, count] of counts) this.draw(elementId, count);
  }

  /** Marks the flows taken; with `dimRest` what was not reached fades. */
  path(takenFlows: ReadonlySet<string>, reached: ReadonlySet<string>, dimRest: boolean): void {
    for (const element of this.elementRegistry.getAll() as {
      id: string;
      waypoints?: unknown;
      parent?: unknown;
      labelTarget?: { id: string };
    }[]) {
      if (!element.parent) continue;
      const of = element.labelTarget?.id ?? element.id;
      const taken = takenFlows.has(of);
      this.mark(element.id, takenMarker, Boolean(element.waypoints) && taken);
      this.mark(element.id, restMarker, dimRest && !taken && !reached.has(of));
    }
  }

  /** Walks a token along a flow. Resolves when it has arrived, at once with reduced motion. */
  async move(flowId: string): Promise<void> {
    const flow = this.elementRegistry.get(flowId) as { waypoints?: Waypoint[] } | undefined;
    const duration = this.duration();
    if (!flow?.waypoints || duration === 0 || this.moving >= movesAtOnce) return;
    const token = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    token.setAttribute('r', '6');
    token.setAttribute('class', 'token-moving');
    this.canvas.getLayer('tokens', 1).append(token);
    this.moving++;
    try {
      await token.animate(steps(flow.waypoints), { duration, easing: 'linear', fill: 'both' }).finished;
    } finally {
      this.moving--;
      token.remove();
    }
  }

  private duration(): number {
    const value = getComputedStyle(this.canvas.getContainer()).getPropertyValue('--baton-motion-token');
    return Number.parseFloat(value) || 0;
  }

  private mark(id: string, marker: string, on: boolean): void {
    if (this.canvas.hasMarker(id, marker) === on) return;
    if (on) this.canvas.addMarker(id, marker);
    else this.canvas.removeMarker(id, marker);
  }

  private draw(elementId: string, counts: TokenCounts | undefined): void {
    const element = this.elementRegistry.get(elementId) as
      | { width?: number; height?: number; businessObject?: { name?: string } }
      | undefined;
    if (!element?.width || !element.height) return;
    const signature = counts ? Object.values(counts).join(' ') : '';
    if (this.drawn.get(elementId) === signature) return;
    this.overlays.remove({ element: elementId, type: overlayType } as never);
    this.drawn.delete(elementId);
    if (!counts) return;
    this.drawn.set(elementId, signature);
    const name = element.businessObject?.name || elementId;
    const small = element.width <= 50;
    for (const at of ['bottomLeft', 'topRight'] as const) {
      const states = (Object.keys(corner) as TokenState[]).filter(
        (state) => corner[state] === at && counts[state] > 0,
      );
      if (states.length === 0) continue;
      const html = document.createElement('div');
      html.className = `tokens tokens-${at}`;
      for (const state of states) html.append(tokenElement(state, counts[state], name));
      this.overlays.add(elementId, overlayType, {
        position:
          at === 'bottomLeft'
            ? { left: small ? -4 : 4, bottom: small ? 6 : 2 }
            : { left: element.width, top: 0 },
        html,
      });
    }
  }
}

function tokenElement(state: TokenState, count: number, name: string): HTMLElement {
  const token = document.createElement('span');
  token.className = `token ${state}`;
  token.title = `${name}, ${count} ${state === 'incident' && count > 1 ? 'incidents' : state}`;
  token.setAttribute('role', 'img');
  token.setAttribute('aria-label', token.title);
  token.textContent = shortCount(count);
  return token;
}

/** Keyframes that pass every waypoint at constant speed. */
function steps(waypoints: readonly Waypoint[]): Keyframe[] {
  const lengths = waypoints.map((point, index) => {
    const before = waypoints[index - 1] ?? point;
    return Math.hypot(point.x - before.x, point.y - before.y);
  });
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let walked = 0;
  return waypoints.map((point, index) => {
    walked += lengths[index]!;
    return { transform: `translate(${point.x}px, ${point.y}px)`, offset: Math.min(1, walked / total) };
  });
}
