import type Canvas from 'diagram-js/lib/core/Canvas';
import type EventBus from 'diagram-js/lib/core/EventBus';
import { useEffect, useState } from 'react';
import { IconButton } from '../IconButton.tsx';

export interface ZoomBarProps {
  /** Services of the diagram by name. */
  get<T>(name: string): T;
  onFit(): void;
}

const factor = 1.2;
const least = 0.2;
const most = 4;

/** Zoom of a diagram, left of the bpmn.io mark. */
export function ZoomBar({ get, onFit }: ZoomBarProps) {
  const canvas = get<Canvas>('canvas');
  const [zoom, setZoom] = useState(() => canvas.zoom());
  useEffect(() => {
    const events = get<EventBus>('eventBus');
    const follow = () => setZoom(get<Canvas>('canvas').zoom());
    events.on('canvas.viewbox.changed', follow);
    follow();
    return () => events.off('canvas.viewbox.changed', follow);
  }, [get]);
  const by = (change: number) =>
    canvas.zoom(Math.min(most, Math.max(least, canvas.zoom() * change)), 'auto' as never);
  return (
    <div className="diagram-float diagram-zoom" role="toolbar" aria-label="Zoom">
      <IconButton icon="codicon:remove" label="Zoom out" onClick={() => by(1 / factor)} />
      <span className="value">{Math.round(zoom * 100)} %</span>
      <IconButton icon="codicon:add" label="Zoom in" onClick={() => by(factor)} />
      <IconButton icon="codicon:screen-full" label="Fit" onClick={onFit} />
    </div>
  );
}
