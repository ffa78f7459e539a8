/** What cannot be an amount stays in the editor with a sentence, and the figure below stays as it was. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { cell, openBudget } from './support/grid.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';

let server: ServerProcess;
let ana: PersonInBrowser;
let page: Page;

test.beforeAll(async () => {
  server = await ServerProcess.start();
  ana = await PersonInBrowser.at(server);
  page = await ana.tab();
  await exploreSample(page, ana.url);
  await openBudget(page, ana.url);
});

test.afterAll(async () => {
  await ana.dispose();
  await server.dispose();
});

for (const [what, text, sentence] of [
  ['no number', '12 apples', 'This does not read as an amount. Type figures such as 1,234.56, 12k or =12*450.'],
  ['more than fits', '99999999999999999999', 'This is more than an amount in EUR can hold. Check the number of zeros.'],
  ['another currency', '12 USD', 'This names USD, but the amount is in EUR. Change the currency first.'],
  ['a division by zero', '=12/0', 'This divides by zero. Correct the calculation.'],
] as const) {
  test(`a budget figure that is ${what} is refused with a sentence`, async () => {
    const target = cell(page, 'IT management', 2);
    const before = await target.innerText();
    await target.click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await expect(page.getByText(sentence)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(target).toHaveText(before);
  });
}
