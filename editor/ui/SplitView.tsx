import './SplitView.css';
import { type CSSProperties, createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type DividerProps, Pane, SplitPane } from 'react-split-pane';

export interface SplitViewPane {
  id: string;
  /** px, `50%`, or nothing: takes the rest. */
  size?: number | `${number}%`;
  min?: number;
  /** Hidden panes stay mounted and take no room. Default true. */
  visible?: boolean;
  /** The user dragged to this many px; `share` of the whole is 0 to 1. Without it the view remembers the share while it is mounted. */
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

/**
 * Panes with sashes between them, one of them without size. The order and number of panes must stay the same. Sizes are
 * given as styles, so that the page lays out everything at once; what measures itself and sets pixels, as the library
 * does, is a frame late at every level. While a sash is dragged the pixels of the library hold.
 */
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
  const [dragging, setDragging] = useState(false);
  const [dragged, setDragged] = useState<Readonly<Record<string, `${number}%`>>>({});
  const sizeOf = ({ id, size }: SplitViewPane) => (size === undefined ? undefined : (dragged[id] ?? size));
  const sizesOf = (pane: SplitViewPane) => {
    if (pane.visible === false) return { size: 0, minSize: 0, maxSize: 0 };
    const size = sizeOf(pane);
    return { minSize: pane.min ?? 0, ...(size !== undefined && { size }) };
  };
  const styleOf = (pane: SplitViewPane): CSSProperties => {
    const extent = direction === 'horizontal' ? 'width' : 'height';
    if (pane.visible === false) return { visibility: 'hidden', flex: 'none', [extent]: 0 };
    if (dragging) return {};
    const size = sizeOf(pane);
    return size === undefined ? { flex: 1 } : { flex: 'none', [extent]: size };
  };
  return (
    <Sashes value={sashes}>
      <SplitPane
        direction={direction}
        dividerSize={0}
        divider={SashDivider}
        className="splitview"
        onResizeStart={() => setDragging(true)}
        onResizeEnd={(sizes) => {
          setDragging(false);
          const whole = sizes.reduce((sum, size) => sum + size, 0);
          panes.forEach((pane, at) => {
            if (pane.visible === false) return;
            const share = (sizes[at] ?? 0) / (whole || 1);
            if (pane.onResize) pane.onResize(Math.round(sizes[at] ?? 0), share);
            else setDragged((before) => ({ ...before, [pane.id]: `${share * 100}%` }));
          });
        }}
      >
        {panes.map((pane) => (
          <Pane key={pane.id} className="splitpane" style={styleOf(pane)} {...sizesOf(pane)}>
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
