/** Door `@baton/engine/testing`: recorded runs of agents as tests, which ask no model, call no tool and need no server. */
export { differenceInWords } from '@baton/engine/protocol';
export { assertReplays, NotAlike, type RecordingFile, readRecording, recordingsIn } from './recordings.ts';
