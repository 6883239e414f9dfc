/** Who wants to hear that jobs of a type may have become available. */
export class JobNotifications {
  private readonly callbacks = new Map<string, Set<() => void>>();

  subscribe(jobType: string, callback: () => void): () => void {
    const callbacks = this.callbacks.get(jobType) ?? new Set();
    this.callbacks.set(jobType, callbacks);
    callbacks.add(callback);
    return () => {
      callbacks.delete(callback);
      if (callbacks.size === 0 && this.callbacks.get(jobType) === callbacks) this.callbacks.delete(jobType);
    };
  }

  notify(jobType: string): void {
    const callbacks = this.callbacks.get(jobType);
    if (callbacks) for (const callback of [...callbacks]) callback();
  }
}
