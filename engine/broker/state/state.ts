export interface State {
  readonly placeholder?: never;
}
