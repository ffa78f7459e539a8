import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import type { PublishedForecast } from '#lib/analysis/scoreboard/score.ts';
import ForecastStage from './ForecastStage.svelte';

const cloud: PublishedForecast = {
  publicationId: 'march',
  lineId: 'cloud',
  ownerId: 'ana',
  nature: 'cost',
  currency: 'EUR',
  method: 'theta',
  periods: ['2027-04', '2027-05'],
  mean: [120, 90],
  naive: [105, 100],
  lower80: [100, 80],
  upper80: [140, 95],
  lower95: [90, 70],
  upper95: [150, 110],
  scale: 20,
};

beforeEach(() => page.viewport(1280, 900));

const cells = (name: string): (string | undefined)[] =>
  [
    ...(page.getByRole('table', { name: 'Scores' }).getByText(name, { exact: true }).element().closest('tr')?.cells ??
      []),
  ].map((cell) => cell.textContent.trim());

test('the scoreboard says how far off a publication was, and when it was worse than repeating the year before', async () => {
  await render(ForecastStage, { forecasts: [cloud], until: '2027-05', came: 100 });
  await expect.element(page.getByText(/^\s*2 figures that were published have come:\s+off by 15%/)).toBeVisible();
  await expect.element(page.getByText('Worse than saying what the year before said')).toBeVisible();
  expect(cells('publication march')).toEqual([
    'publication march',
    '2',
    '15%',
    '2.5%',
    '0.75',
    '+5%',
    '50% of 2',
    '100% of 2',
    'Worse',
  ]);
  await page.getByLabelText('Scores by').selectOptions('method');
  expect(cells('Theta')[0]).toBe('Theta');
  await page.getByLabelText('Scores by').selectOptions('horizon');
  expect([cells('1 period ahead')[2], cells('2 periods ahead')[2]]).toEqual(['20%', '10%']);
});

test('before anything has come it says so, and a currency that is no more is left out', async () => {
  const dollars = { ...cloud, currency: 'USD' };
  await render(ForecastStage, { forecasts: [cloud, dollars], until: '2027-03', came: 0 });
  await expect.element(page.getByText(/Nothing that was published has come yet/)).toBeVisible();
  await expect.element(page.getByText(/^\s*1\s+published lines/)).toBeVisible();
});

test('what changed stands in parts beside what was published and what is forecast now', async () => {
  await render(ForecastStage, { forecasts: [cloud], until: '2027-05', came: 100 });
  const row = page.getByText('All cost', { exact: true }).element().closest('tr');
  const texts = [...(row?.cells ?? [])].map((cell) => cell.textContent.replace('−', '-').replaceAll(/[^\d-]/g, ''));
  // Each figure as it is shown, and to the cent as it is said.
  expect(texts.slice(1)).toEqual(['10010000', '303000', '252500', '-5500', '252500', '17517500']);
  await expect.element(page.getByText(/1\s+published\s+line is\s+not compared/)).toBeVisible();
});
