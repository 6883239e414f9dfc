import './OfflineBanner.css';
import { useEffect, useState } from 'react';
import { isDrafted } from '../platform/draftedDocument.ts';
import type { EditorsState } from '../platform/editors.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { clockTime } from '../ui/time.ts';
import { usePlatform, useReadable } from './platformContext.ts';

/** A break shorter than this many ms is no matter: a server that restarts, a train in a tunnel. */
const unnoticed = 2_000;

/** Above the workbench while the server cannot be reached: since when, what waits, and what happens meanwhile. */
export function OfflineBanner() {
  const { live, editors, timers } = usePlatform();
  const { state, since } = useReadable(live);
  const { documents } = useReadable(editors);
  const [shown, setShown] = useState(false);
  const [, look] = useState(0);
  const away = state !== 'live' && since !== undefined;
  useEffect(() => {
    setShown(false);
    if (!away) return;
    const soon = timers.after(unnoticed, () => setShown(true));
    return () => soon.dispose();
  }, [away, timers]);
  // What waits stands in the documents.
  useEffect(() => {
    if (!shown) return;
    const stops = modelsOf(documents).map((model) => model.state.subscribe(() => look((n) => n + 1)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [shown, documents]);
  if (!shown || !away) return null;
  const waiting = modelsOf(documents).filter((model) =>
    isDrafted(model) ? model.kept.getState().keeping !== 'kept' : model.state.getState().dirty,
  ).length;
  return (
    <div className="offlinebanner" role="status">
      <Icon name="codicon:debug-disconnect" />
      <span className="said">
        <span className="strong">No connection since {clockTime(new Date(since).toISOString())}.</span>{' '}
        {waiting === 0
          ? 'You can go on editing: changes wait in this browser and are sent when it is back.'
          : waiting === 1
            ? 'The changes of 1 document wait in this browser and are sent when it is back.'
            : `The changes of ${waiting} documents wait in this browser and are sent when it is back.`}{' '}
        Nothing can be run or published until then.
      </span>
      <Button size="sm" onClick={() => live.tryNow()}>
        {state === 'connecting' ? 'Connecting…' : 'Try now'}
      </Button>
    </div>
  );
}

const modelsOf = (documents: EditorsState['documents']) =>
  [...documents.values()].flatMap((entry) => (entry.state === 'open' ? [entry.model] : []));
