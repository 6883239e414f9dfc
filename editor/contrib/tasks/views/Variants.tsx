import { useState } from 'react';
import type { ContentPath } from '../../../platform/contentPath.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { type Variant, withVariants } from '../schema.ts';
import type { TaskDocument } from '../taskDocument.ts';
import { DraftInput } from './DraftInput.tsx';

/** The values a field may have, each with what it means; meanings turn the list into variants the model can tell apart. */
export function Variants({
  document,
  path,
  variants,
  invalid,
}: {
  document: TaskDocument;
  path: ContentPath;
  variants: readonly Variant[];
  invalid: boolean;
}) {
  const [adding, setAdding] = useState('');
  const change = (what: string, next: readonly Variant[]) =>
    document.change(path, `variants ${what}`, (inner) => withVariants(inner, next));
  const replace = (what: string, index: number, part: Partial<Variant>) =>
    change(
      `${what} ${index}`,
      variants.map((variant, at) => (at === index ? { ...variant, ...part } : variant)),
    );
  const add = () => {
    const value = adding.trim();
    if (value === '') return;
    change('add', [...variants, { value, description: '' }]);
    setAdding('');
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a labelled group inside a field set
    <div className="variants" role="group" aria-label="Values">
      <div className="varianthead">
        <span>Values</span>
        <span>What each means</span>
      </div>
      {variants.map((variant, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value is its place in the list while it is typed
        <div className="variant" key={index}>
          <DraftInput
            mono
            aria-label={`Value ${index + 1}`}
            invalid={invalid}
            value={typeof variant.value === 'string' ? variant.value : JSON.stringify(variant.value)}
            commit={(value) => replace('value', index, { value })}
          />
          <Input
            aria-label={`What ${String(variant.value)} means`}
            value={variant.description}
            onChange={(event) => replace('description', index, { description: event.currentTarget.value })}
          />
          <IconButton
            small
            icon="codicon:close"
            label={`Remove ${String(variant.value)}`}
            onClick={() =>
              change(
                'remove',
                variants.filter((_, at) => at !== index),
              )
            }
          />
        </div>
      ))}
      <Input
        mono
        aria-label="New value"
        placeholder="Add a value, then Enter"
        invalid={invalid && variants.length === 0}
        value={adding}
        onChange={(event) => setAdding(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
        onBlur={add}
      />
    </div>
  );
}
