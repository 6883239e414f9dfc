import type { Candidate, Input } from '@baton/gateway/commands';
import { quoted, splitLine, type Word, wordsOf } from '@baton/gateway/commands';
import type { History } from './history.ts';
import { cellsOf, edits, emptyLine, insert, keysIn, type Line, lineOf, textOf } from './lineEditor.ts';

/** The part of a terminal the shell uses. */
export interface Screen {
  write(text: string): void;
  clear(): void;
  readonly columns: number;
}

/** What a line runs in. */
export interface Running {
  /** Writes a line of a command. */
  line(text: string): void;
  input: Input;
  signal: AbortSignal;
}

export interface ShellOptions {
  screen: Screen;
  history: History;
  prompt: string;
  /** Said once, at the top. */
  greeting: readonly string[];
  run(words: readonly string[], running: Running): Promise<void>;
  complete(before: readonly string[], current: string): Promise<readonly Candidate[]>;
}

export interface Shell {
  /** What the terminal sends: keys and pastes. */
  type(data: string): void;
  /** Types a command and runs it, for the person who looks on. */
  runLine(line: string): void;
  /** Types text where the cursor stands. */
  insertText(text: string): void;
  /** The terminal has another width. */
  resized(): void;
  /** A command is at work. */
  busy(): boolean;
}

type Mode =
  | { name: 'edit' }
  | { name: 'run'; abort: AbortController }
  /** Names are read; what is typed meanwhile comes after them. */
  | { name: 'complete' }
  | { name: 'ask'; question: string; secret: boolean; before: Mode; answer(text: string | undefined): void }
  | { name: 'search'; text: string; at: number | undefined; found: string; before: Line };

const strong = (text: string) => `\u001b[1m${text}\u001b[0m`;
const faint = (text: string) => `\u001b[90m${text}\u001b[0m`;
const bad = (text: string) => `\u001b[31m${text}\u001b[0m`;

/** A prompt with a line that is edited, completed and run; no terminal of its own, and no commands. */
export function createShell({ screen, history, prompt, greeting, run, complete }: ShellOptions): Shell {
  let mode: Mode = { name: 'edit' };
  let line: Line = emptyLine;
  /** Where in the history one is; its length is the line that was typed. */
  let place = history.lines().length;
  let typed = '';
  /** Rows between the beginning of the prompt and the cursor. */
  let rows = 0;
  let waiting = '';
  /** A second Tab shows what there is. */
  let tabbed = false;

  const shownPrompt = () =>
    mode.name === 'ask'
      ? mode.question
      : mode.name === 'search'
        ? `${faint(`(search) ${mode.text || '…'}`)}  `
        : prompt;
  const shownLine = () =>
    mode.name === 'ask' && mode.secret ? emptyLine : mode.name === 'search' ? lineOf(mode.found) : line;

  function draw() {
    const { text, at } = shownLine();
    const head = shownPrompt();
    const width = Math.max(1, screen.columns);
    const end = cellsOf(head) + cellsOf(text);
    const cursor = cellsOf(head) + cellsOf(text.slice(0, at));
    let out = rows > 0 ? `\u001b[${rows}A` : '';
    out += `\r\u001b[J${head}${text}`;
    // A line that fills its row leaves the cursor there, and not on the next one.
    if (end > 0 && end % width === 0) out += '\r\n';
    const up = Math.floor(end / width) - Math.floor(cursor / width);
    if (up > 0) out += `\u001b[${up}A`;
    out += '\r';
    if (cursor % width > 0) out += `\u001b[${cursor % width}C`;
    screen.write(out);
    rows = Math.floor(cursor / width);
  }

  function below(): void {
    line = { ...line, at: line.text.length };
    draw();
    screen.write('\r\n');
    rows = 0;
  }

  function fresh() {
    mode = { name: 'edit' };
    line = emptyLine;
    place = history.lines().length;
    rows = 0;
    draw();
    goOn();
  }

  /** With what was typed meanwhile. */
  function goOn() {
    const meanwhile = waiting;
    waiting = '';
    if (meanwhile !== '') type(meanwhile);
  }

  const writeLine = (text: string) => screen.write(`${text.replace(/\r?\n/g, '\r\n')}\r\n`);

  async function start() {
    const { text } = line;
    below();
    history.add(text);
    const words = splitLine(text);
    if (!words.ok) {
      writeLine(bad(words.failure));
      return fresh();
    }
    const plain = words.value[0] === 'baton' ? words.value.slice(1) : words.value;
    const [first] = plain;
    if (first === undefined) {
      if (words.value.length > 0) writeLine(faint('help lists all commands.'));
      return fresh();
    }
    if (first === 'clear') {
      screen.clear();
      return fresh();
    }
    if (first === 'history') {
      for (const [at, one] of history.lines().entries())
        writeLine(`${faint(String(at + 1).padStart(4))}  ${one}`);
      return fresh();
    }
    const shellOnly = plain.find((word) => ['|', '>', '>>', '<', '&&', '||', ';', '&'].includes(word));
    if (shellOnly && !/["'\\]/.test(text)) {
      writeLine(
        bad(`Expected one command, but '${shellOnly}' belongs to a shell: the program baton runs in one`),
      );
      return fresh();
    }
    const abort = new AbortController();
    mode = { name: 'run', abort };
    try {
      await run(plain, { line: writeLine, signal: abort.signal, input });
    } finally {
      fresh();
    }
  }

  const input: Input = {
    text: async () => ({
      ok: false,
      failure: { message: 'Expected a text on standard input, but the terminal of the editor has none' },
    }),
    ask: (question, secret = false) =>
      new Promise((resolve) => {
        const before = mode;
        line = emptyLine;
        rows = 0;
        mode = {
          name: 'ask',
          question,
          secret,
          before,
          answer: (text) =>
            resolve(
              text === undefined
                ? { ok: false, failure: { message: 'Expected an answer, but it was broken off' } }
                : { ok: true, value: text },
            ),
        };
        draw();
      }),
  };

  function walk(by: -1 | 1) {
    const lines = history.lines();
    const next = place + by;
    if (next < 0 || next > lines.length) return;
    if (place >= lines.length) typed = line.text;
    place = next;
    line = lineOf(next === lines.length ? typed : (lines[next] as string));
    draw();
  }

  async function tab() {
    const before = line;
    const words = wordsOf(before.text.slice(0, before.at));
    const open = before.text.slice(0, before.at).match(/\s$/) && !words.at(-1)?.open;
    const current: Word = open || words.length === 0 ? { text: '', from: before.at } : (words.pop() as Word);
    const [first, ...rest] = words.map(({ text }) => text);
    const given = first === undefined ? [] : first === 'baton' ? rest : [first, ...rest];
    mode = { name: 'complete' };
    const found = await complete(given, current.text);
    // Ctrl+C took the line away meanwhile.
    if (mode.name !== 'complete') return;
    mode = { name: 'edit' };
    offer(found, current, before);
    goOn();
  }

  /** The one way to go on, what all have in common, or at the second Tab what there is. */
  function offer(found: readonly Candidate[], current: Word, before: Line) {
    const again = tabbed;
    tabbed = true;
    if (found.length === 0) return;
    const [only] = found;
    const texts = found.map(({ text }) => text);
    const common = found.length === 1 && only ? only.text : commonStart(texts);
    if (found.length === 1 || common.length > current.text.length) {
      const whole = quoted(common);
      const done = found.length === 1 && only && !only.open;
      // What is not whole yet stays open, to be gone on with.
      const word = done ? `${whole} ` : whole === common ? common : whole.slice(0, -1);
      line = {
        text: before.text.slice(0, current.from) + word + before.text.slice(before.at),
        at: current.from + word.length,
      };
      return draw();
    }
    if (!again) return;
    below();
    for (const shown of columnsOf(found, screen.columns)) writeLine(shown);
    line = before;
    draw();
  }

  function search(key: string, state: Extract<Mode, { name: 'search' }>) {
    const look = (text: string, from?: number) => {
      const hit = history.search(text, from);
      mode = {
        ...state,
        text,
        at: hit?.at ?? state.at,
        found: hit?.line ?? (from === undefined ? '' : state.found),
      };
      draw();
    };
    const leave = (with_: Line) => {
      mode = { name: 'edit' };
      line = with_;
      draw();
    };
    const text = textOf(key);
    if (text !== undefined) return look(state.text + text);
    if (key === '\u0012') return look(state.text, state.at);
    if (key === '\u007f') return look(state.text.slice(0, -1));
    if (key === '\u0003' || key === '\u0007' || key === '\u001b') return leave(state.before);
    leave(lineOf(state.found));
    press(key);
  }

  function press(key: string) {
    if (mode.name === 'run') {
      if (key === '\u0003') {
        screen.write('^C\r\n');
        mode.abort.abort();
      } else waiting += key;
      return;
    }
    if (mode.name === 'complete' && key !== '\u0003') {
      waiting += key;
      return;
    }
    if (mode.name === 'search') return search(key, mode);
    if (key !== '\t') tabbed = false;
    const edit = edits[key];
    if (edit) {
      line = edit(line);
      return draw();
    }
    if (mode.name === 'ask') return answer(key, mode);
    if (key === '\r') return void start();
    if (key === '\t') return void tab();
    if (key === '\u001b[A' || key === '\u0010') return walk(-1);
    if (key === '\u001b[B' || key === '\u000e') return walk(1);
    if (key === '\u0003') {
      line = { ...line, at: line.text.length };
      draw();
      screen.write('^C\r\n');
      return fresh();
    }
    if (key === '\f') {
      screen.clear();
      rows = 0;
      return draw();
    }
    if (key === '\u0012') {
      mode = { name: 'search', text: '', at: undefined, found: '', before: line };
      return draw();
    }
    const text = textOf(key);
    if (text !== undefined) {
      line = insert(line, text);
      draw();
    }
  }

  function answer(key: string, asked: Extract<Mode, { name: 'ask' }>) {
    const text = textOf(key);
    if (text !== undefined) {
      line = insert(line, text);
      return draw();
    }
    if (key !== '\r' && key !== '\u0003') return;
    const given = key === '\r' ? line.text : undefined;
    screen.write('\r\n');
    rows = 0;
    line = emptyLine;
    mode = asked.before;
    asked.answer(given);
  }

  function type(data: string): void {
    for (const key of keysIn(data)) press(key);
  }

  for (const one of greeting) writeLine(one);
  draw();
  return {
    type,
    runLine(text) {
      if (mode.name === 'run' || mode.name === 'complete') {
        waiting += `${text}\r`;
        return;
      }
      if (mode.name !== 'edit') return;
      line = lineOf(text);
      void start();
    },
    insertText(text) {
      if (mode.name === 'run' || mode.name === 'complete') waiting += text;
      else press(text);
    },
    resized: () => {
      if (mode.name !== 'run') draw();
    },
    busy: () => mode.name === 'run' || mode.name === 'ask',
  };
}

function commonStart(texts: readonly string[]): string {
  let [common = ''] = texts;
  for (const text of texts) while (!text.startsWith(common)) common = common.slice(0, -1);
  return common;
}

/** Candidates with what they are, or in columns where they are only names. */
function columnsOf(found: readonly Candidate[], columns: number): string[] {
  const width = Math.max(...found.map(({ text }) => cellsOf(text)));
  if (found.some(({ about }) => about)) {
    const room = Math.max(10, columns - width - 4);
    return found.map(({ text, about = '' }) => {
      const short = about.length > room ? `${about.slice(0, room - 1)}…` : about;
      return `${strong(text)}${' '.repeat(width - cellsOf(text) + 2)}${faint(short)}`;
    });
  }
  const perRow = Math.max(1, Math.floor(columns / (width + 2)));
  const lines: string[] = [];
  for (let at = 0; at < found.length; at += perRow)
    lines.push(
      found
        .slice(at, at + perRow)
        .map(({ text }) => text + ' '.repeat(width - cellsOf(text) + 2))
        .join('')
        .trimEnd(),
    );
  return lines;
}
