/** Draws the icons of the installed app and names them by their content: browsers fetch an icon anew only under a new name. */
import { chromium } from '@playwright/test';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

interface Picture {
  readonly name: string;
  readonly size: number;
  readonly purpose: 'any' | 'maskable' | 'monochrome';
}

const pictures: readonly Picture[] = [
  { name: 'outlay-192', size: 192, purpose: 'any' },
  { name: 'outlay-512', size: 512, purpose: 'any' },
  { name: 'outlay-maskable-512', size: 512, purpose: 'maskable' },
  { name: 'outlay-monochrome-512', size: 512, purpose: 'monochrome' },
];

/** The letter O over the double rule under a total, in a field of 24. */
const mark = `<circle cx="12" cy="9" r="6.1" stroke-width="3.3"/>
  <path d="M4.25 19.4h15.5M4.25 23h15.5" stroke-width="2" stroke-linecap="round"/>`;
const folder = 'static/icons';

await drawAll();

async function drawAll(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  const draw = async (svg: string, size: number): Promise<Buffer> => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    return page.screenshot({ omitBackground: true });
  };

  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(`${folder}/${file}`);
  const icons = [];
  for (const { name, size, purpose } of pictures) {
    const png = await draw(picture(purpose), size);
    const file = `${name}.${createHash('sha256').update(png).digest('hex').slice(0, 8)}.png`;
    writeFileSync(`${folder}/${file}`, png);
    icons.push({ src: `/icons/${file}`, sizes: `${size}x${size}`, type: 'image/png', purpose });
  }
  writeFileSync(`${folder}/apple-180.png`, await draw(picture('maskable'), 180));
  await browser.close();

  const path = 'static/manifest.webmanifest';
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify(Object.assign({}, manifest, { icons }), null, 2)}\n`);
}

/** A tile with rounded corners; full bleed with the mark inside the safe circle; or the mark alone for the system to colour. */
function picture(purpose: Picture['purpose']): string {
  if (purpose === 'monochrome') return svg('', 0.84, '#000');
  if (purpose === 'maskable') return svg('<rect width="100" height="100" fill="#0b5f8a"/>', 0.5, '#fff');
  return svg('<rect x="4" y="4" width="92" height="92" rx="21" fill="#0b5f8a"/>', 0.6, '#fff');
}

function svg(ground: string, share: number, ink: string): string {
  const scale = (100 * share) / 24;
  // The mark is a little higher than its field is wide: centred by its own middle, at 12.4.
  const [left, top] = [50 - 12 * scale, 50 - 12.4 * scale];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${ground}
    <g transform="translate(${left} ${top}) scale(${scale})" fill="none" stroke="${ink}">${mark}</g></svg>`;
}
