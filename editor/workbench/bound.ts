import { type ComponentType, createElement, type FunctionComponent } from 'react';

/** A component with some of its props given beforehand: how a contribution hands its store to its views. */
export function bound<P extends object, K extends keyof P>(
  Component: ComponentType<P>,
  given: Pick<P, K>,
): FunctionComponent<Omit<P, K>> {
  return (props: Omit<P, K>) => createElement(Component, { ...given, ...props } as P);
}
