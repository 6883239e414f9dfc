import './diagram.css';
import type Canvas from 'diagram-js/lib/core/Canvas';
import { type ReactNode, useEffect, useRef } from 'react';
import { ZoomBar } from './ZoomBar.tsx';

export interface HostedDiagram {
  readonly element: HTMLElement;
  get<T>(name: string): T;
  fit(): void;
}

/** Takes a diagram in while it is on show; the first time it is fitted, later it stands as it was left. */
export function DiagramHost({ diagram, children }: { diagram: HostedDiagram; children?: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current!;
    place.append(diagram.element);
    const resized = new ResizeObserver(() => {
      if (place.clientWidth < 50 || place.clientHeight < 50) return;
      diagram.get<Canvas>('canvas').resized();
      if (diagram.element.dataset.placed) return;
      diagram.element.dataset.placed = 'true';
      diagram.fit();
    });
    resized.observe(place);
    return () => {
      resized.disconnect();
      if (diagram.element.parentElement === place) diagram.element.remove();
    };
  }, [diagram]);
  return (
    <div className="diagram" ref={host}>
      {children}
      <ZoomBar get={diagram.get} onFit={diagram.fit} />
    </div>
  );
}
