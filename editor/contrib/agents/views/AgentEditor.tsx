import './agents.css';
import { useStore } from 'zustand';
import { pathKey } from '../../../platform/contentPath.ts';
import type { DocumentProps } from '../../../platform/documents.ts';
import { marksOf } from '../../../platform/textDocument.ts';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useContextValue } from '../../../workbench/platformContext.ts';
import { RevealedCode } from '../../../workbench/RevealedCode.tsx';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentSides } from '../agentSides.ts';
import { AgentForm } from './AgentForm.tsx';
import { RuntimeNote } from './RuntimeNote.tsx';
import { TestChat } from './TestChat.tsx';

/** An agent as a form and as YAML, two views of one document, and a chat with it as it stands there. */
export function AgentEditor({ document }: DocumentProps<AgentDocument>) {
  const visible = useContextValue((context) => context.get('agentChat') === true);
  return (
    <VersionedEditor
      document={document}
      icon={
        <span className="agent agenticon">
          <Icon name="agent" />
        </span>
      }
      note={<RuntimeNote document={document} />}
      sides={agentSides}
      first={<AgentForm document={document} />}
      second={<YamlSide document={document} />}
      share="46%"
      min={[280, 200]}
      beside={{
        id: 'chat',
        visible,
        share: '30%',
        min: 240,
        content: <TestChat document={document} />,
      }}
    />
  );
}

function YamlSide({ document }: { document: AgentDocument }) {
  const view = useStore(document.view);
  const { draft, unreadable, selected, reading } = view;
  const marks = unreadable ? [{ ...unreadable, severity: 'error' as const }] : marksOf(view);
  return (
    <RevealedCode className="versionedsides" place={view.place} themes={document.platform.themes}>
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
    </RevealedCode>
  );
}
