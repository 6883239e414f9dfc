import type { Page } from 'playwright-core';

/** An element of the diagram in front. */
export function shape(page: Page, id: string) {
  return page.locator(`.djs-shape[data-element-id="${id}"]`);
}

async function middleOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await shape(page, id).locator('.djs-visual').boundingBox();
  if (!box) throw new Error(`Expected ${id} on the canvas, but it is not there`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags a document from the explorer onto the canvas, so many px from its corner. */
export async function dropOnCanvas(page: Page, document: string, x: number, y: number): Promise<void> {
  const shapes = page.locator('.djs-shape');
  const before = await shapes.count();
  await page
    .getByRole('treeitem', { name: document })
    .dragTo(page.locator('.djs-container').first(), { targetPosition: { x, y } });
  await shapes.nth(before).waitFor();
}

/** Draws a flow with the connect tool: a click where it begins and one where it ends. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  const flows = page.locator('.djs-connection');
  const before = await flows.count();
  await page.locator('.djs-palette [data-action="global-connect-tool"]').click();
  for (const id of [from, to]) {
    const { x, y } = await middleOf(page, id);
    await page.mouse.move(x - 6, y, { steps: 4 });
    await page.mouse.move(x, y, { steps: 2 });
    await page.mouse.click(x, y);
  }
  // A straight line has no height and counts as hidden.
  await flows.nth(before).waitFor({ state: 'attached' });
}

/** Appends what the toolbar below the selected element offers. */
export async function append(page: Page, from: string, what: string): Promise<void> {
  const { x, y } = await middleOf(page, from);
  // The first click after a flow is drawn belongs to the tool.
  await page.mouse.click(x, y + 150);
  await page.mouse.click(x, y);
  const shapes = page.locator('.djs-shape');
  const before = await shapes.count();
  await page.locator(`.djs-context-pad [data-action="append-${what}"]`).click();
  await shapes.nth(before).waitFor();
}

/** A process with nothing but its start, `begin`; its file has no diagram. */
export const undrawnProcess = (id: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:startEvent id="begin" />
  </bpmn:process>
</bpmn:definitions>
`;
