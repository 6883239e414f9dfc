import type { Element } from 'bpmn-js/lib/model/Types';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type AutoPlace from 'diagram-js/lib/features/auto-place/AutoPlace';
import type Keyboard from 'diagram-js/lib/features/keyboard/Keyboard';
import type Modeling from 'diagram-js/lib/features/modeling/Modeling';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { type AddMenu, canContinue } from './addMenu.ts';
import { type PlaceableName, type Placing, placeables } from './placeables.ts';

const beforeTheDefaults = 2000;
const step = 10;
const directions: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Arrows walk along flows, from the first element if none is selected, Shift+arrows move the element, letters append, N shows all, F2 names. */
export class CanvasKeys {
  static $inject = [
    'keyboard',
    'selection',
    'canvas',
    'modeling',
    'autoPlace',
    'placing',
    'addMenu',
    'directEditing',
  ];

  constructor(
    keyboard: Keyboard,
    selection: Selection,
    canvas: Canvas,
    modeling: Modeling,
    autoPlace: AutoPlace,
    placing: Placing,
    addMenu: AddMenu,
    directEditing: { activate(element: Element): void },
  ) {
    const append = (name: PlaceableName) => {
      const [source] = selection.get() as Element[];
      if (source && canContinue(source)) {
        autoPlace.append(source as never, placing.shape(name) as never, undefined);
        return;
      }
      const view = canvas.viewbox();
      const middle = { x: Math.round(view.x + view.width / 2), y: Math.round(view.y + view.height / 2) };
      const made = modeling.createShape(
        placing.shape(name) as never,
        middle,
        canvas.getRootElement() as never,
      );
      selection.select(made as never);
    };
    const byKey = new Map(
      (Object.keys(placeables) as PlaceableName[]).flatMap((name) => {
        const { key } = placeables[name] as { key?: string };
        return key ? [[key, name] as const] : [];
      }),
    );
    keyboard.addListener(beforeTheDefaults, (context: { keyEvent: KeyboardEvent }) => {
      const event = context.keyEvent;
      if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
      const [selected] = selection.get() as Element[];
      const direction = directions[event.key];
      if (direction) {
        if (!selected) {
          const first = firstOf(canvas.getRootElement() as unknown as Element);
          if (first) selection.select(first as never);
        } else if (event.shiftKey) {
          modeling.moveElements(
            selection.get() as never,
            { x: direction.x * step, y: direction.y * step },
            undefined as never,
          );
        } else {
          const next = neighbour(selected, direction);
          if (next) selection.select(next as never);
        }
        return true;
      }
      if (event.key === 'F2' && selected) {
        directEditing.activate(selected);
        return true;
      }
      if (event.key.toLowerCase() === 'n') {
        addMenu.openHere();
        return true;
      }
      const name = event.shiftKey ? undefined : byKey.get(event.key.toLowerCase());
      if (!name) return undefined;
      append(name);
      return true;
    });
  }
}

/** Where walking begins: a start event, else what stands furthest left. */
function firstOf(root: Element): Element | undefined {
  const nodes = ((root.children ?? []) as unknown as (Element & Box)[]).filter(
    (child) => child.type !== 'label' && !(child as { waypoints?: unknown }).waypoints,
  );
  const starts = nodes.filter(({ type }) => type === 'bpmn:StartEvent');
  return (starts.length > 0 ? starts : nodes).sort((one, other) => one.x - other.x || one.y - other.y)[0];
}

/** The element at the other end of the flow which leads most in a direction. */
function neighbour(from: Element, direction: { x: number; y: number }): Element | undefined {
  const flows = [
    ...((from.outgoing ?? []) as unknown as Flow[]),
    ...((from.incoming ?? []) as unknown as Flow[]),
  ];
  const own = middle(from as unknown as Box);
  let best: Element | undefined;
  let bestLead = 0;
  for (const flow of flows) {
    const other = flow.source === from ? flow.target : flow.source;
    const point = middle(other as unknown as Box);
    const distance = Math.hypot(point.x - own.x, point.y - own.y) || 1;
    const lead = ((point.x - own.x) * direction.x + (point.y - own.y) * direction.y) / distance;
    if (lead > Math.max(bestLead, 0.3)) {
      best = other;
      bestLead = lead;
    }
  }
  return best;
}

interface Flow {
  source: Element;
  target: Element;
}
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function middle(box: Box) {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
