import { Fragment } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { usePlatform, useReadable } from './platformContext.ts';

/** What one can do when nothing is open, with the keys. */
export function NoEditor() {
  const { commands, keybindings, menus } = usePlatform();
  useReadable(menus);
  const [made] = menus.items('explorer/new').flat();
  const offers = [
    'view.commandPalette',
    'view.quickOpen',
    ...(made ? [made.command] : []),
    'view.toggleSideBar',
  ];
  return (
    <div className="noeditor">
      <Icon name="baton" className="mark" size={32} />
      <dl>
        {offers.map((id) => {
          const command = commands.get(id);
          return (
            command && (
              <Fragment key={id}>
                <dt>
                  <button type="button" onClick={() => void commands.run(id)}>
                    {command.title}
                  </button>
                </dt>
                <dd>
                  <KeyHint keys={keybindings.keysOf(id)} />
                </dd>
              </Fragment>
            )
          );
        })}
      </dl>
    </div>
  );
}
