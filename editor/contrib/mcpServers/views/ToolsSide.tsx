import type { McpServerTool } from '@baton/gateway/api';
import { useStore } from 'zustand';
import { Chip } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { annotationWords, toolLooks, toolOrder } from '../mcpServerWords.ts';
import type { ServerDocument } from '../serverDocument.ts';
import { Drift } from './Drift.tsx';

/** The server's tools, what waits for an admin first; the chosen one's contract beside them. */
export function ToolsSide({ document }: { document: ServerDocument }) {
  const platform = usePlatform();
  const { server, tools, tool: chosenName, accepting } = useStore(document.view);
  const may = Boolean(platform.context.get('permission:mcpServers:approve'));
  if (tools.failure && !tools.items) {
    return (
      <div className="pad">
        <Callout tone="error">{tools.failure.message}</Callout>
      </div>
    );
  }
  if (!tools.items) return <Skeleton lines={8} />;
  if (tools.items.length === 0) {
    return (
      <EmptyState icon="tool" title="No tools">
        {server.status.state === 'connected'
          ? 'The server is connected and lists none.'
          : 'They are listed as soon as the server is connected.'}
      </EmptyState>
    );
  }
  const sorted = [...tools.items].sort(
    (a, b) => toolOrder.indexOf(a.state) - toolOrder.indexOf(b.state) || a.tool.localeCompare(b.tool),
  );
  const waiting = sorted.filter(({ state }) => state === 'new' || state === 'quarantined');
  const clean = waiting.filter(({ state, findings }) => state === 'new' && findings.length === 0);
  const chosen = sorted.find(({ tool }) => tool === chosenName) ?? sorted[0];
  return (
    <div className="mcpsplit">
      <div className="mcpside">
        {may && clean.length > 1 && (
          <div className="mcpall">
            <span className="dim sm grow">{clean.length} new ones, nothing found in what they say</span>
            <Button size="sm" busy={accepting} onClick={() => void document.accept(clean)}>
              Accept them
            </Button>
          </div>
        )}
        <List
          label="Tools"
          tall
          items={sorted}
          idOf={({ tool }) => tool}
          selected={chosen?.tool}
          onSelect={({ tool }) => document.choose(tool)}
          render={({ tool, title, description, state, findings }) => {
            const look = toolLooks[state];
            return (
              <span className="mcprow" title={look.meaning}>
                <span className={`c-${look.state} stateicon`} role="img" aria-label={look.word}>
                  <Icon name={look.icon} />
                </span>
                <span className="mcplines">
                  <span className="mono ellipsis">{tool}</span>
                  <span className="dim sm ellipsis">{title ?? firstLine(description)}</span>
                </span>
                {findings.length > 0 && (
                  <span className="c-waiting end" role="img" aria-label="Something was found in what it says">
                    <Icon name="codicon:eye" size={14} />
                  </span>
                )}
              </span>
            );
          }}
        />
      </div>
      {chosen && (
        <Contract key={chosen.tool} tool={chosen} document={document} may={may} accepting={accepting} />
      )}
    </div>
  );
}

function Contract(props: {
  tool: McpServerTool;
  document: ServerDocument;
  may: boolean;
  accepting: boolean;
}) {
  const { tool, document, may, accepting } = props;
  const platform = usePlatform();
  const look = toolLooks[tool.state];
  const grave = tool.findings.some(({ severity }) => severity === 'high');
  const waits = tool.state === 'new' || tool.state === 'quarantined';
  return (
    <div className="mcpcontract scroll">
      <div className="mcprow">
        <h2 className="mono ellipsis grow">{tool.name}</h2>
        <span className={`state ${look.state}`}>
          <Icon name={look.icon} size={12} />
          {look.word}
        </span>
        {Boolean(platform.context.get('permission:mcpServers:write')) && tool.state !== 'gone' && (
          <Button size="sm" onClick={() => document.try('tools/call', { name: tool.tool, arguments: {} })}>
            Try
          </Button>
        )}
        {platform.commands.enabled('designer.addToolTemplate') && tool.state === 'locked' && (
          <Button size="sm" onClick={() => void platform.commands.run('designer.addToolTemplate', tool.name)}>
            Add to palette
          </Button>
        )}
        {waits && may && (
          <Button
            size="sm"
            look="primary"
            icon="codicon:lock"
            busy={accepting}
            onClick={() => void document.accept([tool])}
          >
            {tool.state === 'new' ? 'Accept' : 'Accept the change'}
          </Button>
        )}
      </div>
      <p className="dim sm">
        {look.meaning}
        {tool.accepted && ` Accepted by ${tool.accepted.by}, ${exactTime(tool.accepted.at)}.`}
      </p>
      {tool.findings.length > 0 && (
        <Callout tone={grave && waits ? 'error' : 'warning'}>
          <strong>
            {!waits
              ? 'Accepted as it is, although this was found in what it says'
              : grave
                ? 'Not to be accepted without a good reason'
                : 'Something in what it says should be looked at'}
          </strong>
          <ul className="mcpfindings">
            {tool.findings.map(({ code, place, message }) => (
              <li key={`${code}/${place}`}>
                {message} <span className="mono sm dim">{place}</span>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {tool.drift && <Drift drift={tool.drift} />}
      <p className="mcpsays">{tool.description || <span className="dim">It says nothing of itself.</span>}</p>
      {annotationWords(tool.annotations).length > 0 && (
        <div className="mcprow">
          <span className="dim sm">The server says of it:</span>
          {annotationWords(tool.annotations).map((word) => (
            <Chip key={word} outline>
              {word}
            </Chip>
          ))}
        </div>
      )}
      <Foldable title="Input">
        <JsonView value={tool.input} />
      </Foldable>
      {Object.keys(tool.output).length > 0 && (
        <Foldable title="Output">
          <JsonView value={tool.output} />
        </Foldable>
      )}
      <p className="mono xs dim mcphash" title="Hash of name, description, schemas and annotations">
        {tool.hash}
      </p>
    </div>
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
