/** A value on its way to the other thread: data as it is, what can be called by the number it is called by there. */
type Sent =
  | { is: 'data'; data: unknown }
  | { is: 'function'; number: number }
  | { is: 'signal'; number: number; aborted: boolean }
  | { is: 'object'; members: { [name: string]: Sent } };

export type LinkMessage =
  | { link: 'call'; call: number; number: number; given: Sent[] }
  | { link: 'answer'; call: number; answer: Sent }
  | { link: 'threw'; call: number; name: string; message: string }
  | { link: 'abort'; number: number };

type Callable = (...given: unknown[]) => unknown;

/**
 * One run's end of what two threads share: objects with functions go across as objects whose functions are calls to where they
 * came from, and always answer later. Of data only what structured cloning takes goes across.
 */
export interface Link {
  /** As it is sent. What is in it can be called from over there until the link ends. */
  lend(value: unknown): Sent;
  /** What was lent over there. */
  borrow(sent: unknown): unknown;
  hear(message: LinkMessage): void;
  /** Nothing is answered any more, and every signal from over there aborts: nobody is there who waits. */
  end(): void;
}

/** Members of a member may be functions too; deeper than that, and in lists, there is data only. */
const DEPTH = 2;

function isPlain(value: unknown): value is { [name: string]: unknown } {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function hasFunctions(value: unknown, depth: number): boolean {
  if (typeof value === 'function') return true;
  if (depth < 0 || !isPlain(value)) return false;
  for (const name in value) if (hasFunctions(value[name], depth - 1)) return true;
  return false;
}

export function createLink(post: (message: LinkMessage) => void): Link {
  const lent = new Map<number, Callable>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const signals = new Map<number, AbortController>();
  let numbers = 0;
  let ended = false;

  /** @param forCall takes the ends of what is lent for one call only */
  function send(value: unknown, depth: number, forCall?: (() => void)[]): Sent {
    if (typeof value === 'function') {
      numbers += 1;
      const number = numbers;
      lent.set(number, value as Callable);
      forCall?.push(() => lent.delete(number));
      return { is: 'function', number };
    }
    if (value instanceof AbortSignal) {
      numbers += 1;
      const number = numbers;
      const abort = () => post({ link: 'abort', number });
      value.addEventListener('abort', abort, { once: true });
      forCall?.push(() => value.removeEventListener('abort', abort));
      return { is: 'signal', number, aborted: value.aborted };
    }
    if (!hasFunctions(value, depth)) return { is: 'data', data: value };
    const members: { [name: string]: Sent } = {};
    for (const [name, member] of Object.entries(value as object))
      members[name] = send(member, depth - 1, forCall);
    return { is: 'object', members };
  }

  function receive(sent: Sent, forCall?: (() => void)[]): unknown {
    switch (sent.is) {
      case 'data':
        return sent.data;
      case 'object':
        return Object.fromEntries(
          Object.entries(sent.members).map(([name, member]) => [name, receive(member, forCall)]),
        );
      case 'signal': {
        const controller = new AbortController();
        if (sent.aborted) controller.abort();
        signals.set(sent.number, controller);
        forCall?.push(() => signals.delete(sent.number));
        return controller.signal;
      }
      case 'function':
        return (...given: unknown[]) => call(sent.number, given);
    }
  }

  function call(number: number, given: unknown[]): Promise<unknown> {
    if (ended) return new Promise(() => {});
    numbers += 1;
    const made = numbers;
    const ends: (() => void)[] = [];
    return new Promise((resolve, reject) => {
      const over = () => {
        waiting.delete(made);
        for (const end of ends) end();
      };
      waiting.set(made, {
        resolve: (value) => {
          over();
          resolve(value);
        },
        reject: (error) => {
          over();
          reject(error);
        },
      });
      post({ link: 'call', call: made, number, given: given.map((each) => send(each, DEPTH, ends)) });
    });
  }

  async function answer({ call: made, number, given }: LinkMessage & { link: 'call' }): Promise<void> {
    const ends: (() => void)[] = [];
    try {
      const called = lent.get(number);
      // What was lent for a call that is over: nobody waits for the answer.
      const value = await called?.(...given.map((each) => receive(each, ends)));
      if (!ended) post({ link: 'answer', call: made, answer: send(value, DEPTH) });
    } catch (thrown) {
      const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (!ended) post({ link: 'threw', call: made, name, message });
    } finally {
      for (const end of ends) end();
    }
  }

  return {
    lend: (value) => send(value, DEPTH),
    borrow: (sent) => receive(sent as Sent),
    hear(message) {
      if (ended) return;
      switch (message.link) {
        case 'call':
          void answer(message);
          break;
        case 'answer':
          waiting.get(message.call)?.resolve(receive(message.answer));
          break;
        case 'threw':
          waiting
            .get(message.call)
            ?.reject(Object.assign(new Error(message.message), { name: message.name }));
          break;
        case 'abort':
          signals.get(message.number)?.abort();
          break;
      }
    },
    end() {
      ended = true;
      lent.clear();
      waiting.clear();
      for (const controller of signals.values()) controller.abort();
      signals.clear();
    },
  };
}
