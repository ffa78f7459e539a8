/** J1's drivers: twelve hires feed a line, seen and changed by two people at once. */
import { expect, test } from '@playwright/test';
import { barriers } from './support/axe.ts';
import { bothOnTheBudget, Company } from './support/company.ts';
import { cell, written } from './support/grid.ts';
import type { PersonInBrowser } from './support/person.ts';

let company: Company;
let manager: PersonInBrowser;
let controller: PersonInBrowser;

test.beforeEach(async () => {
  company = await Company.open();
  manager = await company.person();
  controller = await company.person();
});

test.afterEach(() => company.close());

test('J1: twelve hires from a day on feed a line by formula, two people change one driver, and undo takes it back', async () => {
  const { a, b } = await bothOnTheBudget(manager, controller);
  const typedBefore = await cell(a, 'Security team', 0).innerText();

  await a.getByRole('button', { name: 'Drivers' }).click();
  const drivers = a.getByRole('dialog', { name: 'Drivers' });
  for (const [name, unit, value] of [
    ['Hires', 'head', '0'],
    ['Salary', 'EUR/head', '5000'],
  ] as const) {
    await drivers.getByRole('button', { name: 'Driver', exact: true }).click();
    await drivers.getByLabel('Name').last().fill(name);
    await drivers.getByLabel('Unit').last().fill(unit);
    await drivers.getByLabel('Value', { exact: true }).fill(value);
    await drivers.getByRole('button', { name: 'Add driver' }).click();
    await expect(drivers.getByText(name).first()).toBeVisible();
  }
  await drivers.getByText('Hires').first().click();
  const year = new Date().getFullYear();
  await drivers.getByLabel('From', { exact: true }).fill(`${year}-07-01`);
  await drivers.getByLabel('New value').fill('12');
  await drivers.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(drivers.getByText(`12 from`)).toBeVisible();
  await drivers.getByRole('button', { name: 'Done' }).click();

  await cell(a, 'Security team', 0).click();
  await a.keyboard.type('=Hires * Salry');
  await a.keyboard.press('Enter');
  const panel = a.getByRole('dialog', { name: 'Security team' });
  await expect(panel.getByText('Did you mean “Salary”?')).toBeVisible();
  await panel.getByLabel('Formula').fill('Hires * Salary');
  await panel.getByLabel('Formula').blur();
  await expect(panel.getByText('Did you mean')).toHaveCount(0);
  await expect(panel.getByText('Every month of this line comes from it.')).toBeVisible();
  await panel.getByRole('button', { name: 'Done' }).click();

  for (const page of [a, b]) {
    await expect(cell(page, 'Security team', 0)).toHaveText(/^(0|–|-)?$/, { timeout: 10_000 });
    await expect(cell(page, 'Security team', 6)).toHaveText(written(60_000), { timeout: 10_000 });
  }
  await cell(b, 'Security team', 6).click();
  await b.keyboard.type('5');
  await expect(b.getByText('worked out by a formula')).toBeVisible();
  await b.keyboard.press('Escape');

  // One dates another value while the other changes the first: neither loses.
  await b.getByRole('button', { name: 'Drivers' }).click();
  const theirs = b.getByRole('dialog', { name: 'Drivers' });
  await theirs.getByText('Hires').first().click();
  await a.getByRole('button', { name: 'Drivers' }).click();
  await drivers.getByText('Hires').first().click();
  await theirs.getByLabel('From', { exact: true }).fill(`${year}-10-01`);
  await theirs.getByLabel('New value').fill('20');
  await drivers.getByLabel('Value from the beginning', { exact: true }).fill('1');
  await drivers.getByLabel('Value from the beginning', { exact: true }).blur();
  await theirs.getByRole('button', { name: 'Add', exact: true }).click();
  for (const dialog of [drivers, theirs]) await dialog.getByRole('button', { name: 'Done' }).click();
  for (const page of [a, b]) {
    await expect(cell(page, 'Security team', 0)).toHaveText(written(5000), { timeout: 10_000 });
    await expect(cell(page, 'Security team', 6)).toHaveText(written(60_000));
    await expect(cell(page, 'Security team', 9)).toHaveText(written(100_000), { timeout: 10_000 });
  }

  // Her own two steps: the value, then the formula.
  await a.getByRole('button', { name: 'Undo your last change' }).click();
  await expect(cell(b, 'Security team', 0)).toHaveText(/^(0|–|-)?$/, { timeout: 10_000 });
  await a.getByRole('button', { name: 'Undo your last change' }).click();
  for (const page of [a, b]) {
    await expect(cell(page, 'Security team', 0)).toHaveText(typedBefore, { timeout: 10_000 });
  }
  await a.getByRole('button', { name: 'Drivers' }).click();
  await drivers.getByText('Hires').first().click();
  expect(await barriers(a)).toEqual([]);
});
