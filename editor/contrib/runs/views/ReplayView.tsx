import { Button } from '../../../ui/Button.tsx';
import { counted } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { Replays } from '../replays.ts';

/** How the last replay of a run went; nothing where there was none. */
export function ReplayView({ id, replays }: { id: string; replays: Replays }) {
  const replay = useReadable(replays).get(id);
  if (!replay) return null;
  const { state, against, calls, difference, failure } = replay;
  const latest = against === 'latest' ? ' with the latest versions' : '';
  return (
    <div className="replay" role="status">
      <span className={state === 'alike' ? 'c-completed' : state === 'running' ? '' : 'c-incident'}>
        {state === 'running' ? (
          <Spinner />
        ) : (
          <Icon
            name={state === 'alike' ? 'codicon:pass' : state === 'differs' ? 'codicon:diff' : 'codicon:error'}
          />
        )}
      </span>
      <div className="body">
        {state === 'running' && <p>Doing it over from the record{latest}.</p>}
        {state === 'alike' && (
          <p>
            <b>Alike{latest}.</b> {counted(calls, 'call')} done over; no model was asked and no tool called.
          </p>
        )}
        {state === 'failed' && <p>{failure?.message}</p>}
        {difference && (
          <>
            <p>
              <b>
                Differs at call {difference.sequence}
                {latest}.
              </b>{' '}
              {counted(calls, 'call')} before it {calls === 1 ? 'is' : 'are'} alike.
            </p>
            <code className="dim xs">{difference.pointer || '/'}</code>
            <dl className="sides">
              <dt>Recorded</dt>
              <dd>
                <JsonView value={difference.recorded} inline />
              </dd>
              <dt>Now</dt>
              <dd>
                <JsonView value={difference.now} inline />
              </dd>
            </dl>
          </>
        )}
        {state !== 'running' && (
          <Button
            size="sm"
            look="ghost"
            onClick={() => void replays.replay(id, against === 'latest' ? 'recorded' : 'latest')}
          >
            {against === 'latest' ? 'Replay as recorded' : 'Replay with the latest versions'}
          </Button>
        )}
      </div>
      <IconButton small icon="codicon:close" label="Close replay" onClick={() => replays.forget(id)} />
    </div>
  );
}
