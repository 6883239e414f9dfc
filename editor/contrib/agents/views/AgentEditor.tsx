import './agents.css';
import { useStore } from 'zustand';
import { pathKey } from '../../../platform/contentPath.ts';
import type { DocumentProps } from '../../../platform/documents.ts';
import { marksOf } from '../../../platform/textDocument.ts';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { TextProblems, VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentSides } from '../agentSides.ts';
import { AgentForm } from './AgentForm.tsx';

/** An agent as a form and as YAML: two views of one document. */
export function AgentEditor({ document }: DocumentProps<AgentDocument>) {
  return (
    <VersionedEditor
      document={document}
      icon={
        <span className="agent agenticon">
          <Icon name="agent" />
        </span>
      }
      note={<TextProblems document={document} />}
      sides={agentSides}
      first={<AgentForm document={document} />}
      second={<YamlSide document={document} />}
      share="45%"
      min={[280, 200]}
    />
  );
}

function YamlSide({ document }: { document: AgentDocument }) {
  const view = useStore(document.view);
  const { draft, unreadable, selected, reading } = view;
  const marks = unreadable ? [{ ...unreadable, severity: 'error' as const }] : marksOf(view);
  return (
    <CodeEditor
      themes={document.platform.themes}
      language="yaml"
      label="Agent as YAML"
      path={`baton:/${document.resource.id}.agent.yaml`}
      value={draft}
      readOnly={!document.writable}
      onChange={document.type}
      marks={marks}
      highlight={selected && reading.places.get(pathKey(selected))}
    />
  );
}
