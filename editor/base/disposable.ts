/** Takes back what a call set up. Disposing twice does nothing more. */
export interface Disposable {
  dispose(): void;
}

export function disposable(undo: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      undo();
    },
  };
}

/** One disposable for many; they are disposed in reverse order, as a stack unwinds. */
export function disposeAll(...parts: readonly Disposable[]): Disposable {
  return disposable(() => {
    for (const part of [...parts].reverse()) part.dispose();
  });
}
