/** Looks for what keeps people out of a page, at the widths and in the colours people have. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

const WIDTHS = [1440, 390] as const;
const COLOURS = ['light', 'dark'] as const;

/** One sentence for each thing that is wrong with the page as it stands, wide and narrow, light and dark. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of COLOURS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const each of await violations(page)) found.push(`${width} px, ${colorScheme}: ${each}`);
    }
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (excess > 0) found.push(`${width} px: ${excess} px too wide`);
  }
  return found;
}

async function violations(page: Page): Promise<readonly string[]> {
  // Given to the page by the debugger: its policy lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations: all } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
      rules: {
        // The link that skips to the page stands before everything, on purpose.
        region: { enabled: false },
        // Takes initials and shortened words for the label of a button whose name says them in full.
        'label-content-name-mismatch': { enabled: false },
      },
    }),
  );
  return all.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`,
    ),
  );
}
