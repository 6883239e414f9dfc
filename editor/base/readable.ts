/**
 * State one can read and watch but not write. Zustand's vanilla stores have this shape;
 * `getState` answers the same object until something changed.
 */
export interface Readable<T> {
  getState(): T;
  /** Answers the function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}
