import type { RunEvent } from '@baton/engine/protocol';
import type { HearRun } from '../runner.ts';

/** What makes an event of a call the same one when the call is taken from the record. */
function nameOf(event: RunEvent): string | undefined {
  switch (event.event) {
    case 'tool.started':
    case 'tool.finished':
      return `${event.event} ${event.data.callId}`;
    case 'question.asked':
    case 'question.answered':
      return `${event.event} ${event.data.id}`;
    default:
      return undefined;
  }
}

/**
 * A listener of a run that may begin again in another thread: it goes through what is recorded once more, and is heard from
 * where it has news. Each model call ends with its `usage`.
 */
export function toldOnce(heard: HearRun): { again(): void; hear: HearRun } {
  const told = new Set<string>();
  let answers = 0;
  let repeated = 0;
  return {
    hear(event) {
      const name = nameOf(event);
      if (name !== undefined) {
        if (told.has(name)) return;
        told.add(name);
      } else if (repeated > 0) {
        if (event.event === 'usage') repeated -= 1;
        return;
      } else if (event.event === 'usage') answers += 1;
      heard(event);
    },
    again() {
      repeated = answers;
      heard({ event: 'run.restarted', data: {} });
    },
  };
}
