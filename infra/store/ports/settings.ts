/** Named secrets of the installation that must survive restarts (signing keys). */
export interface SettingStore {
  get(name: string): Promise<unknown>;
  /** Stores `value` unless there is one; answers what is stored. */
  initialise(name: string, value: unknown): Promise<unknown>;
}
