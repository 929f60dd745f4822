import axe from 'axe-core';
import type { Page } from 'playwright-core';

const windows = [
  { colorScheme: 'light', width: 1100 },
  { colorScheme: 'dark', width: 320 },
] as const;

/**
 * What axe and the width of the page find wrong, light and wide, then dark and narrow. `glass` is a
 * window that runs scripts, because axe is one.
 */
export async function faultsIn(html: string, name: string, glass: Page): Promise<string[]> {
  const faults: string[] = [];
  await glass.setContent(html);
  await glass.evaluate(axe.source);
  for (const { colorScheme, width } of windows) {
    await glass.emulateMedia({ colorScheme });
    await glass.setViewportSize({ width, height: 900 });
    const found = await glass.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    faults.push(
      ...found.violations.map(({ id, nodes }) => `${name} ${colorScheme}: ${id} ${nodes.map(({ target }) => target).join(', ')}`),
    );
    const wide = await glass.evaluate<number>('document.scrollingElement.scrollWidth');
    if (wide > width) faults.push(`${name}: ${wide} wide`);
  }
  return faults;
}
