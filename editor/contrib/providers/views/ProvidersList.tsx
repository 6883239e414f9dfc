import './providers.css';
import { providerTypes } from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { RecordsList } from '../../../ui/RecordsList.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { Providers } from '../providersStore.ts';
import { connectionOf } from '../providerWords.ts';

/** The tenant's providers in the side bar, each with how its connection is. */
export function ProvidersList({ providers }: { providers: Providers }) {
  const platform = usePlatform();
  const { items, failure, selected } = useRemaining(providers, 'provider', ({ id }) => id);
  return (
    <RecordsList
      label="Providers"
      tall
      items={items}
      failure={failure}
      empty={
        <EmptyState
          icon="codicon:plug"
          title="No providers yet"
          action={
            platform.context.get('permission:providers:write') ? (
              <Button look="primary" onClick={() => void platform.commands.run('providers.add')}>
                Add provider
              </Button>
            ) : undefined
          }
        >
          A provider is where agents find their models: Ollama in the office, OpenAI, Anthropic.
        </EmptyState>
      }
      idOf={(provider) => provider.id}
      selected={selected}
      onSelect={(provider) => {
        providers.select(provider.id);
        void platform.editors.open({ kind: 'providers', id: 'all' });
      }}
      render={(provider) => {
        const { state, icon, word } = connectionOf(provider);
        return (
          <span className="providerrow" title={provider.validation_message || word}>
            <span className={`c-${state} stateicon`} role="img" aria-label={word}>
              <Icon name={icon} />
            </span>
            <span className="providerlines">
              <span className="ellipsis">{provider.name}</span>
              <span className="dim sm ellipsis">{providerTypes[provider.type].title}</span>
            </span>
          </span>
        );
      }}
    />
  );
}

export function ProvidersActions() {
  const platform = usePlatform();
  if (!platform.context.get('permission:providers:write')) return null;
  return (
    <IconButton
      icon="codicon:add"
      label="Add provider"
      onClick={() => void platform.commands.run('providers.add')}
    />
  );
}
