import { useStore } from 'zustand';
import { Callout } from '../../../ui/Callout.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';

/** The file as text. What can be drawn is drawn while typing; what cannot stays as typed and says why. */
export function XmlSide({ document }: { document: WorkflowDocument }) {
  const xml = useStore(document.view, (view) => view.xml);
  const problem = useStore(document.view, (view) => view.xmlProblem);
  const problems = useStore(document.view, (view) => view.problems);
  const marks = problems.flatMap(({ line, column, message, severity }) =>
    line === undefined ? [] : [{ line, column, message, severity }],
  );
  return (
    <div className="xmlside">
      {problem && <Callout tone="error">{problem}</Callout>}
      <div className="xmltext">
        <CodeEditor
          themes={document.platform.themes}
          language="xml"
          label="BPMN XML"
          path={`baton:/${document.resource.id}.workflow.xml`}
          value={xml}
          onChange={document.typeXml}
          marks={marks}
        />
      </div>
    </div>
  );
}
