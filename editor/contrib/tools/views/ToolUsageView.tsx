import { useEffect, useState } from 'react';
import type { Platform } from '../../../platform/platform.ts';
import { CountBadge, KindBadge } from '../../../ui/Badge.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { readUsage, type Usage } from '../toolUsage.ts';

/** The agents and workflows whose latest versions name the tool; a tool somebody names is not deleted. */
export function ToolUsageView({ platform, name }: { platform: Platform; name: string | undefined }) {
  const [usage, setUsage] = useState<Usage>();
  useEffect(() => {
    if (name === undefined) return;
    let gone = false;
    const read = async () => {
      const found = await readUsage(platform, name);
      if (!gone) setUsage(found);
    };
    const again = { event: () => void read(), reset: () => void read() };
    const topics = [
      platform.live.subscribeTopic('agents', again),
      platform.live.subscribeTopic('workflows', again),
    ];
    void read();
    return () => {
      gone = true;
      for (const topic of topics) topic.dispose();
    };
  }, [platform, name]);
  if (!usage) return null;
  return (
    <Foldable title="Used by" aside={usage.length > 0 && <CountBadge count={usage.length} />}>
      {usage.length === 0 ? (
        <p className="dim sm">No agent and no workflow names it.</p>
      ) : (
        <ul className="toolusers" aria-label="Used by">
          {usage.map(({ kind, id, name: user }) => (
            <li key={`${kind}/${id}`}>
              <button
                type="button"
                className="rowbutton"
                onClick={() => void platform.editors.open({ kind, id, name: user }, { preview: true })}
              >
                <KindBadge kind={kind === 'agent' ? 'agent' : 'process'} />
                <span className="ellipsis">{user}</span>
                <span className="dim sm">{kind === 'agent' ? 'Agent' : 'Workflow'}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Foldable>
  );
}
