/** J2 and J3: two people on one budget, live and apart. */
import { expect, test } from '@playwright/test';
import { bothOnTheBudget, Company } from './support/company.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { readyForOffline, type PersonInBrowser } from './support/person.ts';
import { shownReportHash } from './support/sharing.ts';

const SHARED_LINES = ['Infrastructure team', 'Applications team', 'Workplace team', 'Security team', 'IT management'];
const OTHER_LINES = [
  'Data centre exit',
  'Ticketing renewal',
  'Integration work',
  'Interim architect',
  'Object storage',
];

let company: Company;
let manager: PersonInBrowser;
let controller: PersonInBrowser;

test.beforeEach(async () => {
  company = await Company.open();
  manager = await company.person();
  controller = await company.person();
});

test.afterEach(() => company.close());

test('J2: an edit is on the other screen within a second, cursors are seen, and values that meet are both kept', async () => {
  const { a, b } = await bothOnTheBudget(manager, controller);
  await typeInto(a, 'IT management', 0, 4321);
  await expect(cell(b, 'IT management', 0)).toHaveText(written(4321), { timeout: 1000 });
  await typeInto(b, 'Security team', 1, 8765);
  await expect(cell(a, 'Security team', 1)).toHaveText(written(8765), { timeout: 1000 });

  await cell(b, 'Data centre exit', 2).click();
  await expect(a.getByText('Be', { exact: true }).first()).toBeVisible();
  await a.getByRole('button', { name: '1 other person here' }).click();
  await expect(a.getByRole('button', { name: 'Ben Data centre exit' })).toBeVisible();
  await a.keyboard.press('Escape');

  // Both type into one cell without having seen the other's figure.
  manager.network.goDown();
  await typeInto(a, 'Integration work', 0, 1111);
  await typeInto(b, 'Integration work', 0, 2222);
  manager.network.comeBack();
  for (const page of [a, b]) {
    await expect(page.getByText('1 value was changed by two people at the same time')).toBeVisible({ timeout: 30_000 });
  }
  const standing = await cell(a, 'Integration work', 0).innerText();
  expect([written(1111), written(2222)]).toContain(standing);
  await expect(cell(b, 'Integration work', 0)).toHaveText(standing);

  // The mark of the conflict lies over the cell: pressing it opens the choice.
  await cell(a, 'Integration work', 0).click({ force: true });
  await a.getByRole('button', { name: /^Keep/ }).click();
  for (const page of [a, b]) {
    await expect(page.getByText('changed by two people at the same time')).toHaveCount(0, { timeout: 10_000 });
  }

  // Whichever figure stands, the audit trail of both has both of them, each with who typed it.
  for (const [page, url] of [
    [a, manager.url],
    [b, controller.url],
  ] as const) {
    await page.goto(`${url}/audit?text=${encodeURIComponent('Integration work')}`);
    const changes = page.getByRole('list', { name: 'Changes' }).getByRole('listitem');
    for (const [name, figure] of [
      ['Ines', 1111],
      ['Ben', 2222],
    ] as const) {
      await expect(changes.filter({ hasText: name }).filter({ hasText: `→ €${written(figure)}` })).not.toHaveCount(0, {
        timeout: 30_000,
      });
    }
  }
});

test('J3: 40 edits offline and 30 online, five on the same cells, the tab killed in between: nothing is lost', async () => {
  const { a, b } = await bothOnTheBudget(manager, controller);
  await readyForOffline(a);
  const offline = SHARED_LINES.flatMap((line, row) =>
    Array.from({ length: 8 }, (_, month) => ({ line, month, figure: 1001 + row * 10 + month })),
  );
  const online = [
    ...Array.from({ length: 5 }, (_, month) => ({ line: SHARED_LINES[0] ?? '', month, figure: 5001 + month })),
    ...OTHER_LINES.flatMap((line, row) =>
      Array.from({ length: 5 }, (_, month) => ({ line, month, figure: 6001 + row * 10 + month })),
    ),
  ];
  expect([offline.length, online.length]).toEqual([40, 30]);

  manager.network.goDown();
  for (const { line, month, figure } of offline) await typeInto(a, line, month, figure);
  for (const { line, month, figure } of online) await typeInto(b, line, month, figure);

  // The tab dies, and the app opens again without a network.
  await manager.killBrowser();
  const again = await manager.tab();
  await openBudget(again, manager.url);
  for (const { line, month, figure } of offline) await expect(cell(again, line, month)).toHaveText(written(figure));

  manager.network.comeBack();
  for (const page of [again, b]) {
    await expect(page.getByText('5 values were changed by two people at the same time')).toBeVisible({
      timeout: 40_000,
    });
  }
  const met = new Set(online.slice(0, 5).map(({ line, month }) => `${line} ${month}`));
  for (const page of [again, b]) {
    for (const { line, month, figure } of [...offline, ...online]) {
      if (!met.has(`${line} ${month}`)) await expect(cell(page, line, month)).toHaveText(written(figure));
    }
  }
  await expect(again.getByText('to review').first()).toBeVisible();
  expect(await shownReportHash(again, manager.url)).toBe(await shownReportHash(b, controller.url));
});
