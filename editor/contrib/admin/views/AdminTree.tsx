import { useState } from 'react';
import { Tree, type TreeNode } from '../../../ui/Tree.tsx';
import { useActiveDocument, usePlatform } from '../../../workbench/platformContext.ts';
import type { AdminPage } from '../adminPages.ts';

/** What one may administer, in the side bar. */
export function AdminTree({ pages }: { pages: readonly AdminPage[] }) {
  const platform = usePlatform();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [walked, setWalked] = useState<string>();
  const active = useActiveDocument()?.resource.kind;
  const shown = pages.find(({ kind }) => kind === active)?.kind;
  const sections = [...new Set(pages.map(({ section }) => section))];
  const nodes = sections.map(
    (section): TreeNode<AdminPage | undefined> => ({
      id: section,
      label: section,
      value: undefined,
      children: pages
        .filter((page) => page.section === section)
        .map((page) => ({ id: page.kind, label: page.title, icon: page.icon, value: page })),
    }),
  );
  const open = (node: TreeNode<AdminPage | undefined>, preview: boolean) => {
    setWalked(undefined);
    if (node.value) void platform.editors.open({ kind: node.value.kind, id: 'all' }, { preview });
  };
  return (
    <Tree
      label="Administration"
      nodes={nodes}
      closed={closed}
      onToggle={(id) => {
        const now = new Set(closed);
        if (!now.delete(id)) now.add(id);
        setClosed(now);
      }}
      selected={walked ?? shown}
      onSelect={({ id }) => setWalked(id)}
      onOpen={(node, keep) => open(node, !keep)}
    />
  );
}
