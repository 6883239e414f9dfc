import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';

/** A link or key that nobody sees again, and the way to keep it. */
export function ShownOnce({ label, text, hint }: { label: string; text: string; hint: string }) {
  const platform = usePlatform();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => platform.notifications.info(`${label} copied.`),
      () =>
        platform.notifications.warning(
          'Expected to copy, but the browser refused: select it and press Ctrl+C.',
        ),
    );
  return (
    <>
      <Callout tone="warning">Shown this once. Copy it now: nobody can read it again.</Callout>
      <Field label={label} hint={hint}>
        {({ invalid: _, ...control }) => (
          <span className="shownonce">
            <Input
              {...control}
              mono
              readOnly
              data-autofocus
              value={text}
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button icon="codicon:copy" look="primary" onClick={copy}>
              Copy
            </Button>
          </span>
        )}
      </Field>
    </>
  );
}
