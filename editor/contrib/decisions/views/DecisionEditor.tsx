import './decisions.css';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import type { IconName } from '../../../platform/icons.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { FileText } from '../../../workbench/FileText.tsx';
import { useContextValue } from '../../../workbench/platformContext.ts';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { DecisionView } from '../decisionCanvas.ts';
import type { DecisionDocument } from '../decisionDocument.ts';
import { decisionSides } from '../decisionSides.ts';
import { DecisionTrial } from './DecisionTrial.tsx';

/** A decision model as diagram, tables and expressions, and as XML: two views of one document. */
export function DecisionEditor({ document }: DocumentProps<DecisionDocument>) {
  const visible = useContextValue((context) => context.get('decisionTrial') === true);
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="codicon:table" kind="process" />}
      sides={decisionSides}
      first={<Drawn document={document} />}
      second={<FileText document={document} language="xml" label="DMN XML" />}
      share="40%"
      min={[320, 240]}
      beside={{
        id: 'trial',
        visible,
        share: '26%',
        min: 240,
        content: <DecisionTrial document={document} />,
      }}
    />
  );
}

const icons: { [T in DecisionView['type']]: IconName } = {
  drd: 'codicon:type-hierarchy-sub',
  decisionTable: 'codicon:table',
  literalExpression: 'codicon:symbol-variable',
  boxedExpression: 'codicon:symbol-method',
};

function Drawn({ document }: { document: DecisionDocument }) {
  const unreadable = useStore(document.view, (view) => view.unreadable);
  const { views, active, undrawn } = useStore(document.drawn);
  const host = useRef<HTMLDivElement>(null);
  const { canvas } = document;
  useEffect(() => {
    const place = host.current!;
    place.append(canvas.element);
    const resized = new ResizeObserver(canvas.resized);
    resized.observe(place);
    return () => {
      resized.disconnect();
      if (canvas.element.parentElement === place) canvas.element.remove();
    };
  }, [canvas]);
  return (
    <div className="decisionside">
      {unreadable && (
        <Callout tone="error">
          Line {unreadable.line}: {unreadable.message} The decision waits until the XML can be read.
        </Callout>
      )}
      {!unreadable && undrawn && <Callout tone="error">{undrawn}</Callout>}
      <div className="decisionviews" role="tablist" aria-label="Views of the decision model">
        {views.map(({ id, name, type }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={id === active}
            className={id === active ? 'is-active' : ''}
            onClick={() => document.openView(id)}
          >
            <Icon name={icons[type]} />
            <span className="ellipsis">{type === 'drd' ? 'Requirements' : name}</span>
          </button>
        ))}
      </div>
      <div className="decisionhost" ref={host} inert={unreadable !== undefined} />
    </div>
  );
}
