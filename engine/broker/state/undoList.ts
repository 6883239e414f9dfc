interface Undoable {
  undo(key: unknown, previous: unknown): void;
}

/** What a running change has overwritten, so that it can be taken back as if it had never been. */
export class UndoList {
  private depth = 0;
  private readonly steps: { table: Undoable; key: unknown; previous: unknown }[] = [];

  /** Whether writes need to be remembered. */
  get recording(): boolean {
    return this.depth > 0;
  }

  remember(table: Undoable, key: unknown, previous: unknown): void {
    this.steps.push({ table, key, previous });
  }

  run<T>(change: () => T): T {
    const begin = this.steps.length;
    this.depth++;
    try {
      return change();
    } catch (error) {
      while (this.steps.length > begin) {
        const step = this.steps.pop()!;
        step.table.undo(step.key, step.previous);
      }
      throw error;
    } finally {
      this.depth--;
      if (this.depth === 0) this.steps.length = 0;
    }
  }
}
