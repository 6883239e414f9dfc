import './SignIn.css';
import { useState } from 'react';
import { waitingBackups } from '../platform/editors.ts';
import type { Failure } from '../platform/failure.ts';
import { Button } from '../ui/Button.tsx';
import { Callout } from '../ui/Callout.tsx';
import { usePlatform, useReadable } from './platformContext.ts';
import { SignInBox } from './SignIn.tsx';
import { useUnaskedFocus } from './useUnaskedFocus.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Over the workbench when the session is over: unsaved work is kept in the browser and comes back after signing in. */
export function SessionEnded() {
  const { session, editors, storage, me } = usePlatform();
  const state = useReadable(session);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const again = async () => {
    setAsking(true);
    setFailure(undefined);
    const answer = await session.signInAgain();
    setAsking(false);
    if (!answer.ok) setFailure(answer.failure);
  };
  const dialog = useUnaskedFocus(state.status === 'ended');
  if (state.status !== 'ended') return null;
  const unsaved = Math.max(editors.dirty().length, waitingBackups(storage).length);
  const waiting =
    unsaved === 0
      ? 'Everything is saved.'
      : `Nothing is lost: ${unsaved === 1 ? '1 unsaved document waits' : `${unsaved} unsaved documents wait`} in this browser.`;
  return (
    <div
      ref={dialog}
      className="sessionended"
      role="alertdialog"
      aria-modal="true"
      aria-label="Your session ended"
      tabIndex={-1}
    >
      <SignInBox title={`Sign in to ${me.tenant.name}`}>
        <Callout>
          <span className="strong">Your session ended at {clock.format(state.at)}.</span> {waiting}
        </Callout>
        {failure && (
          <Callout tone="error">
            {failure.message}{' '}
            <Button size="sm" onClick={() => void session.signIn()}>
              Sign in on this page
            </Button>
          </Callout>
        )}
        <Button look="primary" size="lg" disabled={asking} onClick={() => void again()}>
          {asking ? 'Waiting for the sign-in window…' : 'Sign in again'}
        </Button>
      </SignInBox>
    </div>
  );
}
