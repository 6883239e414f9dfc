import type { DocumentProps } from '../platform/documents.ts';
import type { Group, OpenDocument } from '../platform/editors.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { keysText } from '../ui/KeyHint.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { menuEntries } from './menuEntries.ts';
import { useMenuItems, usePlatform } from './platformContext.ts';

export function EditorActions({
  group,
  document,
  active,
}: {
  group: Group;
  document: OpenDocument | undefined;
  active: boolean;
}) {
  const platform = usePlatform();
  const menu = useContextMenu();
  const groups = useMenuItems('editor/title');
  const props: DocumentProps | undefined =
    document?.state === 'open' ? { document: document.model } : undefined;
  const HeadActions = document?.kind?.HeadActions;
  if (!active) return null;
  const buttons = groups.flat().filter((item) => item.group === 'navigation');
  return (
    <div className="editoractions">
      {HeadActions && props && (
        <span className="headactions hide-narrow">
          <ErrorBoundary what={document?.kind?.label ?? 'Actions'} inline>
            <HeadActions {...props} />
          </ErrorBoundary>
        </span>
      )}
      {buttons.map((item) => {
        const command = platform.commands.get(item.command);
        return (
          command && (
            <IconButton
              key={item.command}
              icon={command.icon ?? 'codicon:circle'}
              label={item.title ?? command.title}
              keys={keysText(platform.keybindings.keysOf(item.command))}
              disabled={!platform.commands.enabled(item.command)}
              onClick={() => void platform.commands.run(item.command, ...(item.args ?? []))}
            />
          )
        );
      })}
      <IconButton
        icon="codicon:ellipsis"
        label="More actions"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const rest = menuEntries(platform, 'editor/title').filter(
            (_, at) => groups[at]?.[0]?.group !== 'navigation',
          );
          const tab = menuEntries(platform, 'editor/tab', [group.id, group.active]);
          menu.show('More actions', [...rest, ...tab], {
            x: box.left,
            y: box.bottom + 2,
          });
        }}
      />
      {menu.element}
    </div>
  );
}
