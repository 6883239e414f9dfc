import './SplitView.css';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type DividerProps, Pane, SplitPane } from 'react-split-pane';

export interface SplitViewPane {
  id: string;
  /** px, `50%`, or nothing: takes the rest. */
  size?: number | `${number}%`;
  min?: number;
  /** Hidden panes stay mounted and take no room. Default true. */
  visible?: boolean;
  /** The user dragged to this many px; `share` of the whole is 0 to 1. */
  onResize?(size: number, share: number): void;
  /** Double click on the sash. */
  onReset?(): void;
  content: ReactNode;
}

interface Sash {
  hidden: boolean;
  reset?: (() => void) | undefined;
}
const Sashes = createContext<readonly Sash[]>([]);

/** Panes with sashes between them, one of them without size. The order and number of panes must stay the same. */
export function SplitView({
  direction,
  panes,
}: {
  direction: 'horizontal' | 'vertical';
  panes: readonly SplitViewPane[];
}) {
  const sashes = useMemo(
    () =>
      panes.slice(0, -1).map((pane, at): Sash => {
        const next = panes[at + 1]!;
        return {
          hidden: pane.visible === false || next.visible === false,
          reset: pane.onReset ?? next.onReset,
        };
      }),
    [panes],
  );
  return (
    <Sashes value={sashes}>
      <SplitPane
        direction={direction}
        dividerSize={0}
        divider={SashDivider}
        className="splitview"
        onResizeEnd={(sizes) => {
          const whole = sizes.reduce((sum, size) => sum + size, 0);
          panes.forEach((pane, at) => {
            if (pane.visible !== false)
              pane.onResize?.(Math.round(sizes[at] ?? 0), (sizes[at] ?? 0) / (whole || 1));
          });
        }}
      >
        {panes.map((pane) => (
          <Pane
            key={pane.id}
            className="splitpane"
            {...(pane.visible === false
              ? { size: 0, minSize: 0, maxSize: 0, style: { visibility: 'hidden' as const } }
              : { minSize: pane.min ?? 0, ...(pane.size !== undefined && { size: pane.size }) })}
          >
            {pane.content}
          </Pane>
        ))}
      </SplitPane>
    </Sashes>
  );
}

function SashDivider(props: DividerProps) {
  const sash = useContext(Sashes)[props.index];
  if (sash?.hidden) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line one can move is a focusable separator, `hr` is not
    <div
      className={`sash ${props.direction}${props.isDragging ? ' is-dragging' : ''}`}
      role="separator"
      aria-orientation={props.direction === 'horizontal' ? 'vertical' : 'horizontal'}
      aria-label="Resize"
      aria-valuenow={Math.round(props.currentSize ?? 0)}
      tabIndex={-1}
      onPointerDown={props.onPointerDown}
      onKeyDown={props.onKeyDown}
      onDoubleClick={sash?.reset}
    />
  );
}
