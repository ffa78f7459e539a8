/** A photo taken on one device is seen on another, whatever happens to the line and to the app meanwhile. */
import { expect, test, type Page } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';
import { crash } from './support/device.ts';
import { type PersonInBrowser, readyForOffline } from './support/person.ts';
import { photoOf } from './support/photo.ts';

let company: Company;
let ines: PersonInBrowser;
let engineer: PersonInBrowser;

test.beforeEach(async () => {
  company = await Company.open();
  ines = await company.person();
  engineer = await company.personWithPhone();
});

test.afterEach(() => company.close());

async function openExpense(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/expenses?state=unposted&text=key+cards`);
  await page.locator('.expense-row a').first().click();
}

test('a receipt waits without a network, survives the app being killed, and is then seen on another device', async () => {
  test.slow();
  const { page: desk, link } = await shareSample(ines);
  let phone = await joinAs(engineer, link, 'Tomas');
  await readyForOffline(phone);
  const photo = await photoOf(phone, 'Keyring 12.34');

  engineer.network.goDown();
  await phone.goto(`${engineer.url}/capture`);
  await phone.locator('input[capture]').first().setInputFiles(photo);
  await phone.getByLabel('Amount').fill('12.34');
  await phone.getByLabel('Description').fill('Hotel key cards');
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText('Saved on this phone.')).toBeVisible();
  await openExpense(phone, engineer.url);
  await expect(phone.getByText('Waiting to upload')).toBeVisible();

  await crash(phone);
  engineer.network.comeBack();
  phone = await engineer.tab();
  await openExpense(phone, engineer.url);
  await expect(phone.getByText('On the server')).toBeVisible({ timeout: 60_000 });

  await openExpense(desk, ines.url);
  await expect(desk.getByText('On the server')).toBeVisible({ timeout: 30_000 });
  const small = desk.getByRole('button', { name: 'Open receipt 1' }).locator('img');
  await expect(small).toBeVisible();
  await desk.getByRole('button', { name: 'Open receipt 1' }).click();
  const whole = desk.getByAltText('The receipt as it was captured');
  await expect(whole).toBeVisible();
  // Made smaller before the app was killed, or not: it is the whole picture, not the small one.
  const shape = await whole.evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => ({
    width: naturalWidth,
    ratio: naturalHeight / naturalWidth,
  }));
  expect(shape.ratio).toBeCloseTo(4 / 3, 2);
  expect(shape.width).toBeGreaterThanOrEqual(1200);

  // What was fetched is there without a network too.
  ines.network.goDown();
  await openExpense(desk, ines.url);
  await expect(small).toBeVisible();
});
