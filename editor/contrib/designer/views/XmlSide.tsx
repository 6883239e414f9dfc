import { useStore } from 'zustand';
import { Callout } from '../../../ui/Callout.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';

/** The file as text. What can be drawn is drawn while typing; what cannot stays as typed and says why. */
export function XmlSide({ document }: { document: WorkflowDocument }) {
  const xml = useStore(document.view, (view) => view.xml);
  const problem = useStore(document.view, (view) => view.xmlProblem);
  return (
    <div className="xmlside">
      {problem && <Callout tone="error">{problem}</Callout>}
      <div className="xmltext">
        <TextArea mono value={xml} onChange={(event) => document.typeXml(event.target.value)} />
      </div>
    </div>
  );
}
