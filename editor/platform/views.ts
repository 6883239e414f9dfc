import type { ComponentType } from 'react';
import type { Disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { IconName } from './icons.ts';

/** An entry of the activity bar; its side bar stacks the views registered for it. */
export interface ViewContainer {
  id: string;
  /** `Explorer`: tooltip of the icon, title of the side bar. */
  title: string;
  icon: IconName;
  /** From the top: explorer 10, search 20, debug 30, agents 40, tools 50, tasks 60, runs 80, inbox 90. */
  order?: number;
  when?: string;
  /** Count at the bottom right of the icon; 0 shows nothing. */
  badge?: Readable<number>;
}

/** A section of a side bar. */
export interface View {
  id: string;
  /** Id of a `ViewContainer`. */
  container: string;
  /** Head of the section; the only visible view of a container has none unless `alwaysTitled`. */
  title: string | (() => string);
  order?: number;
  when?: string;
  /** Open at first; the user's choice is remembered. Default true. */
  open?: boolean;
  alwaysTitled?: boolean;
  /** The first of several, without a head of its own: the title of the side bar is its title and has its actions. */
  headless?: boolean;
  /** As tall as what it has, at most two fifths of the side bar; others share the rest. */
  fits?: boolean;
  View: ComponentType;
  /** Icon buttons at the right of the head (or of the side bar's title). */
  Actions?: ComponentType;
}

export interface Views {
  containers: Registry<ViewContainer>;
  views: Registry<View>;
  registerContainer(container: ViewContainer): Disposable;
  register(view: View): Disposable;
}

export function createViews(): Views {
  const containers = createRegistry<ViewContainer>('view container', (container) => container.id);
  const views = createRegistry<View>('view', (view) => view.id);
  return { containers, views, registerContainer: containers.register, register: views.register };
}
