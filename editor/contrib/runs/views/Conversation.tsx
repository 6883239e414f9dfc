import type { Call, ElementInstance } from '@baton/gateway/api';
import { useStore } from 'zustand';
import { KindBadge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { money, whole } from '../../../ui/figures.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { tokensOf, usageOf } from '../loops.ts';
import type { Replays } from '../replays.ts';
import type { RunDocument } from '../runDocument.ts';
import { AtEnd } from './AtEnd.tsx';
import { IncidentCard } from './IncidentCard.tsx';
import { Loops } from './Loops.tsx';
import { ReplayView } from './ReplayView.tsx';

/** What agents and tools said and did, by element, the newest at the bottom. */
export function Conversation({ document, replays }: { document: RunDocument; replays: Replays }) {
  const { calls, elementId, elements, incidents } = useStore(document.view);
  const { commands } = document.platform;
  const open = incidents.filter((incident) => incident.state === 'ACTIVE');
  if (!calls) return <Skeleton lines={8} />;
  const shown = elementId ? calls.filter((call) => call.elementId === elementId) : calls;
  if (shown.length === 0 && open.length === 0) {
    return (
      <EmptyState icon="agent" title={elementId ? 'Nothing was said here' : 'No agent spoke yet'}>
        What agents answer and tools return appears here as it happens.
      </EmptyState>
    );
  }
  const byElement = new Map<string, Call[]>();
  for (const call of shown)
    byElement.set(call.elementInstanceKey, [...(byElement.get(call.elementInstanceKey) ?? []), call]);
  return (
    <AtEnd className="conversation scroll" of={shown.length + open.length}>
      {[...byElement].map(([key, group]) => {
        const usage = usageOf(group);
        const agent = group.find(({ kind }) => kind === 'model');
        const name = nameOf(group[0]!, elements);
        return (
          <section key={key} aria-label={name}>
            <div className="agenttop">
              <div className="agenthead">
                <KindBadge kind={agent ? 'agent' : 'tool'} />
                <b className="ellipsis" title={name}>
                  {agent ? `${agent.name} ${agent.version > 0 ? `v${agent.version}` : 'draft'}` : name}
                </b>
                <span className="end dim">
                  {tokensOf(usage) > 0 && <span>{whole(tokensOf(usage))} tok</span>}
                  {usage.cost > 0 && <span className="c-cost">{money(usage.cost)}</span>}
                </span>
                {agent && commands.enabled('runs.replay') && (
                  <IconButton
                    small
                    icon="codicon:debug-rerun"
                    label="Replay: do it over from the record, asking nobody"
                    onClick={() => void commands.run('runs.replay', key)}
                  />
                )}
                {agent && commands.enabled('runs.fork') && (
                  <IconButton
                    small
                    icon="codicon:repo-forked"
                    label="Fork…"
                    onClick={() => void commands.run('runs.fork', key)}
                  />
                )}
              </div>
              <ReplayView id={key} replays={replays} />
            </div>
            <Loops
              steps={group}
              fork={
                commands.enabled('runs.fork')
                  ? (loop) => void commands.run('runs.fork', key, loop)
                  : undefined
              }
            />
          </section>
        );
      })}
      {open
        .filter((incident) => !elementId || incident.elementId === elementId)
        .map((incident) => (
          <IncidentCard key={incident.key} incident={incident} document={document} />
        ))}
    </AtEnd>
  );
}

function nameOf(call: Call, elements: readonly ElementInstance[]): string {
  return elements.find((element) => element.key === call.elementInstanceKey)?.elementName || call.elementId;
}
