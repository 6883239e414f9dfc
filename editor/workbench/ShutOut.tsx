import './SignIn.css';
import { Button } from '../ui/Button.tsx';
import { Callout } from '../ui/Callout.tsx';
import { usePlatform, useReadable } from './platformContext.ts';
import { SignInBox } from './SignIn.tsx';
import { useUnaskedFocus } from './useUnaskedFocus.ts';

const words: { [code: string]: (tenant: string) => { title: string; text: string } } = {
  TENANT_SUSPENDED: (tenant) => ({
    title: `${tenant} is suspended`,
    text: 'Nobody can work in it for now. Everything is kept, and this page goes on by itself when it is let in again.',
  }),
  MEMBER_REMOVED: (tenant) => ({
    title: `You no longer belong to ${tenant}`,
    text: `Somebody who runs ${tenant} removed you from it. What you did stays there.`,
  }),
};
const gone = (tenant: string) => ({
  title: `${tenant} is not here any more`,
  text: 'It was deleted, or this address does not know it.',
});

/** Over the workbench while its user is let in no more: why, and what they can do. */
export function ShutOut() {
  const { session, me } = usePlatform();
  const state = useReadable(session);
  const dialog = useUnaskedFocus(state.status === 'shutOut');
  if (state.status !== 'shutOut') return null;
  const { title, text } = (words[state.code] ?? gone)(me.tenant.name);
  return (
    <div
      ref={dialog}
      className="sessionended"
      role="alertdialog"
      aria-modal="true"
      aria-label={title}
      tabIndex={-1}
    >
      <SignInBox title={title}>
        <Callout>{text}</Callout>
        <Button look="primary" size="lg" onClick={() => void session.signOut()}>
          Sign out
        </Button>
      </SignInBox>
    </div>
  );
}
