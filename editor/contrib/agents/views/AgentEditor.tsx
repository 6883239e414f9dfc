import './agents.css';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SplitView } from '../../../ui/SplitView.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import { pathKey } from '../agentYaml.ts';
import { AgentForm } from './AgentForm.tsx';

/** An agent as a form and as YAML: two views of one document. */
export function AgentEditor({ document }: DocumentProps<AgentDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  // The text editor has an undo of its own; an agent has one for both sides.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !again) return;
    event.preventDefault();
    event.stopPropagation();
    if (again) document.redo();
    else document.undo();
  };
  return (
    <div className="agenteditor" onKeyDownCapture={onKeyDownCapture}>
      <AgentHead document={document} />
      <div className="agentsides">
        <SplitView
          direction="horizontal"
          panes={[
            {
              id: 'form',
              visible: mode !== 'yaml',
              min: 280,
              content: <AgentForm document={document} />,
            },
            {
              id: 'yaml',
              visible: mode !== 'form',
              ...(mode === 'both' && { size: '45%' as const }),
              min: 200,
              content: mode !== 'form' && <YamlSide document={document} />,
            },
          ]}
        />
      </div>
    </div>
  );
}

function AgentHead({ document }: { document: AgentDocument }) {
  const agent = useStore(document.view, (view) => view.agent);
  const problems = useStore(document.view, (view) => view.problems.length + (view.unreadable ? 1 : 0));
  const wrong = useStore(
    document.view,
    (view) => view.unreadable !== undefined || view.problems.some(({ severity }) => severity === 'error'),
  );
  const { dirty, status } = useReadable(document.state);
  return (
    <header className="dochead">
      <span className="agent agenticon">
        <Icon name="agent" />
      </span>
      <h1 className="ellipsis">{agent.name}</h1>
      {status && <span className="chip outline">{status}</span>}
      {problems > 0 && (
        <button
          type="button"
          className={wrong ? 'agentproblems' : 'agentproblems is-warning'}
          onClick={() => document.platform.layout.showPanel('problems')}
        >
          <Icon name={wrong ? 'codicon:error' : 'codicon:warning'} size={14} />
          {problems === 1 ? '1 problem' : `${problems} problems`}
        </button>
      )}
      <span className="grow" />
      {document.writable ? (
        <Button
          size="sm"
          look="primary"
          disabled={!dirty}
          onClick={() => void document.platform.editors.save(document)}
        >
          Save
        </Button>
      ) : (
        <span className="dim sm">Read-only: your roles do not give agents:write</span>
      )}
    </header>
  );
}

function YamlSide({ document }: { document: AgentDocument }) {
  const { text, problems, places, selected, unreadable } = useStore(document.view);
  const marks = unreadable
    ? [{ ...unreadable, severity: 'error' as const }]
    : problems.flatMap(({ path, message, severity }) => {
        for (let end = path.length; end > 0; end--) {
          const place = places.get(pathKey(path.slice(0, end)));
          if (place) return [{ line: place.line, column: place.column, message, severity }];
        }
        return [];
      });
  return (
    <CodeEditor
      themes={document.platform.themes}
      language="yaml"
      label="Agent as YAML"
      path={`baton:/${document.resource.id}.agent.yaml`}
      value={text}
      readOnly={!document.writable}
      onChange={document.type}
      marks={marks}
      highlight={selected && places.get(pathKey(selected))}
    />
  );
}

/** `Form | Both | YAML` in the tab bar. */
export function AgentHeadActions({ document }: DocumentProps<AgentDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  return (
    <Segmented
      label="Show"
      value={mode}
      options={[
        { value: 'form', title: 'Form' },
        { value: 'both', title: 'Both' },
        { value: 'yaml', title: 'YAML' },
      ]}
      onChange={document.showMode}
    />
  );
}
