import './Tabs.css';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface TabsProps<T extends string> {
  label: string;
  value: T;
  tabs: readonly { value: NoInfer<T>; title: ReactNode }[];
  onChange(value: NoInfer<T>): void;
}

/** Tabs inside an editor or panel; arrows move, the chosen one is the only tab stop. */
export function Tabs<T extends string>({ label, value, tabs, onChange }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = (tabs.findIndex((tab) => tab.value === value) + by + tabs.length) % tabs.length;
    onChange(tabs[next]!.value);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="viewtabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className={tab.value === value ? 'is-active' : undefined}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.title}
        </button>
      ))}
    </div>
  );
}
