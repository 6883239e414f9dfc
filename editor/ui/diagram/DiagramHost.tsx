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
    let fitted = { width: 0, height: 0 };
    const resized = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      // Out of sight it has no size; back again it has the one it had.
      if (width < 50 || height < 50 || (width === fitted.width && height === fitted.height)) return;
      fitted = { width, height };
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
