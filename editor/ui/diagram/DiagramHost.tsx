import './diagram.css';
import type Canvas from 'diagram-js/lib/core/Canvas';
import { type ReactNode, useEffect, useRef } from 'react';
import { isFitted } from './viewer.ts';
import { ZoomBar } from './ZoomBar.tsx';

export interface HostedDiagram {
  readonly element: HTMLElement;
  get<T>(name: string): T;
  fit(): void;
}

/** Takes a diagram in while it is on show. It stays fitted until somebody moves or zooms it, then stands as it was left. */
export function DiagramHost({ diagram, children }: { diagram: HostedDiagram; children?: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current!;
    place.append(diagram.element);
    const resized = new ResizeObserver(() => {
      if (place.clientWidth < 50 || place.clientHeight < 50) return;
      const canvas = diagram.get<Canvas>('canvas');
      canvas.resized();
      if (!diagram.element.dataset.placed || isFitted(canvas)) diagram.fit();
      diagram.element.dataset.placed = 'true';
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
