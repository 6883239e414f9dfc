import './TwoSides.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../platform/documents.ts';
import type { SidedDocument, Sides } from '../platform/sides.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { SplitView } from '../ui/SplitView.tsx';

export interface TwoSidesProps {
  document: SidedDocument;
  sides: Sides;
  /** Stays mounted while it is hidden. */
  first: ReactNode;
  /** Mounted while it is shown. */
  second: ReactNode;
  /** What the second takes of the width beside the first. */
  share: `${number}%`;
  /** The narrowest each may be, in px. */
  min: readonly [number, number];
}

/** Two views of one document, alone or beside each other. */
export function TwoSides({ document, sides: [one, other], first, second, share, min }: TwoSidesProps) {
  const mode = useStore(document.view, (view) => view.mode);
  return (
    <SplitView
      direction="horizontal"
      panes={[
        { id: one.mode, visible: mode !== other.mode, min: min[0], content: first },
        {
          id: other.mode,
          visible: mode !== one.mode,
          ...(mode === 'both' && { size: share }),
          min: min[1],
          content: mode !== one.mode && <div className="secondside">{second}</div>,
        },
      ]}
    />
  );
}

/** `Form | Both | YAML` in the tab bar. */
export function modeSwitch([one, other]: Sides) {
  const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const options = [
    { value: one.mode, title: title(one.name) },
    { value: 'both', title: 'Both' },
    { value: other.mode, title: title(other.name) },
  ];
  return function ModeSwitch({ document }: DocumentProps<SidedDocument>) {
    const mode = useStore(document.view, (view) => view.mode);
    return <Segmented label="Show" value={mode} options={options} onChange={document.showMode} />;
  };
}
