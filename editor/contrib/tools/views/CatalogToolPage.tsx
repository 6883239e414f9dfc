import './tools.css';
import { type CatalogEntry, type ToolUsage, toolCatalogRoutes } from '@baton/gateway/api';
import { useCallback, useEffect, useState } from 'react';
import type { ResponseOf } from '../../../platform/api.ts';
import type { DocumentProps } from '../../../platform/documents.ts';
import type { Failure } from '../../../platform/failure.ts';
import { Chip, KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { originOf, stateWords } from '../catalogWords.ts';
import { BuiltInGrants } from './BuiltInGrants.tsx';
import { ToolUsageView } from './ToolUsageView.tsx';

type Entry = ResponseOf<typeof toolCatalogRoutes.read>;

/** A tool that is not written here: what it does, what goes in and out, what it may do, and who uses it. */
export function CatalogToolPage({ document }: DocumentProps) {
  const platform = usePlatform();
  const name = document.resource.id;
  const [tool, setTool] = useState<Entry>();
  const [failure, setFailure] = useState<Failure>();
  const read = useCallback(async () => {
    const answer = await platform.api.call(toolCatalogRoutes.read, { params: { name } });
    if (answer.ok) setTool(answer.value);
    setFailure(answer.ok ? undefined : answer.failure);
  }, [platform, name]);
  useEffect(() => {
    void read();
    const again = { event: () => void read(), reset: () => void read() };
    const watching = platform.live.subscribeTopic('mcp-servers', again);
    return () => watching.dispose();
  }, [platform, read]);
  if (failure && !tool)
    return (
      <div className="pad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (!tool) return <Skeleton lines={8} />;
  const { commands } = platform;
  return (
    <div className="catalogtool scroll" tabIndex={-1} data-autofocus>
      <header>
        <KindBadge kind="tool" icon={originOf(tool).icon} large />
        <h1 className="ellipsis">{tool.name}</h1>
        <State tool={tool} />
        <span className="grow" />
        {tool.origin.kind === 'mcp' && commands.enabled('mcpServers.show') && (
          <Button size="sm" icon="codicon:plug" onClick={() => void commands.run('mcpServers.show')}>
            Show servers
          </Button>
        )}
      </header>
      <p>{tool.description}</p>
      <Facts tool={tool} />
      {tool.state !== 'ready' && (
        <Callout tone={tool.state === 'quarantined' ? 'error' : 'warning'}>
          {stateWords[tool.state].means}
        </Callout>
      )}
      {tool.origin.kind === 'builtIn' && <BuiltInGrants id={tool.id} changed={() => void read()} />}
      <div className="catalogschemas">
        <Schema title="Input" schema={tool.input} />
        <Schema title="Output" schema={tool.output} />
      </div>
      <ToolUsageView platform={platform} name={tool.name} />
    </div>
  );
}

function State({ tool: { state } }: { tool: CatalogEntry }) {
  const { state: shape, icon, word } = stateWords[state];
  return (
    <span className={`state ${shape}`}>
      <Icon name={icon} size={12} />
      {word}
    </span>
  );
}

/** What callers should know of it, in words. */
function Facts({ tool }: { tool: CatalogEntry & { usage: ToolUsage } }) {
  const { tags, sideEffect, egress, approval } = tool;
  const asks =
    approval === 'never'
      ? undefined
      : approval === 'always'
        ? 'A person agrees to every call'
        : `A person agrees when ${approval.when}`;
  const facts = [
    originOf(tool).word,
    sideEffect ? 'Has a side effect' : 'Changes nothing',
    egress ? 'Sends data out' : undefined,
    asks,
  ].filter((fact) => fact !== undefined);
  return (
    <div className="catalogfacts">
      {facts.map((fact) => (
        <Chip key={fact} outline>
          {fact}
        </Chip>
      ))}
      {tags.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </div>
  );
}

function Schema({ title, schema }: { title: string; schema: Entry['input'] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className="toolanswer">
        {Object.keys(schema).length === 0 ? (
          <span className="dim sm">Anything: it states no schema.</span>
        ) : (
          <JsonView value={schema as never} />
        )}
      </div>
    </section>
  );
}
