import { IconButton } from '../../../ui/IconButton.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';

const actions = ['terminal.new', 'terminal.clear', 'terminal.close'];

/** The terminal's commands, at the right of the panel's tabs. */
export function TerminalActions() {
  const { commands } = usePlatform();
  return actions.map((id) => {
    const command = commands.get(id);
    return (
      command?.icon && (
        <IconButton
          key={id}
          icon={command.icon}
          label={command.title}
          onClick={() => void commands.run(id)}
        />
      )
    );
  });
}
