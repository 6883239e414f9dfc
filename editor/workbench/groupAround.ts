/** The group of editors something on the page is in. */
export function groupAround(target: EventTarget | null): number | undefined {
  const group = target instanceof Element ? target.closest<HTMLElement>('[data-group]') : null;
  return group ? Number(group.dataset.group) : undefined;
}
