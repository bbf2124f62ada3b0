import { expect, type Page, test } from '@playwright/test';
import { Profile, Site } from './harness/index.ts';

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

// Whatever a field holds is drawn in a colour that nothing else has: its pixels are the secret.
const PAGE = `<!doctype html><html lang="fr"><title>Demande</title><style>
  body { margin: 0; background: #fff } input, iframe { display: block; margin: 20px; width: 300px; height: 40px; border: 0 }
  .secret { background: #f0f; color: #f0f; opacity: 1 !important; transition: opacity 5s }
  header { position: fixed; top: 0; width: 100%; height: 30px; background: #00f }
  .part { height: 800px; background: #eee }
</style><header></header><div class="part"></div>
<form><input class="secret" type="password" value="MARQUE"><input class="secret" autocomplete="cc-number" value="4111"></form>
<div id="host"></div><iframe src="/cadre"></iframe>
<input class="secret" name="iban" value="FR7630006000011234567890189"><div class="part" style="background:#0f0"></div>
<script>
  const root = document.getElementById('host').attachShadow({ mode: 'closed' });
  root.innerHTML = '<input type="password" style="background:#f0f;width:200px;height:40px">';
</script></html>`;

/** Counts pixels of the secrets' colour, of the bar's and of the last part's, in all images of the piece on screen. */
const pixelsOf = (app: Page) =>
  app.locator('img[alt^="Capture d’écran"]').evaluateAll((images) => {
    const counts = { secret: 0, bar: 0, end: 0, height: 0 };
    for (const image of images as HTMLImageElement[]) {
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [] as unknown as Uint8ClampedArray,
      };
      counts.height += image.naturalHeight;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
        if (red > 180 && green < 90 && blue > 180) counts.secret += 1;
        if (red < 60 && green < 60 && blue > 200) counts.bar += 1;
        if (red < 60 && green > 200 && blue < 60) counts.end += 1;
      }
    }
    return counts;
  });

async function shoot(page: Page, take: string): Promise<Page> {
  const popup = await profile.clickToolbar(page);
  await popup.getByRole('radio', { name: take }).check();
  await popup.getByRole('button', { name: 'Verser dans le dossier' }).click();
  await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
  const app = await profile.openPiece(popup);
  await expect(app.locator('img[alt^="Capture d’écran"]').first()).toBeVisible();
  await expect.poll(async () => (await pixelsOf(app)).height).toBeGreaterThan(0);
  return app;
}

test('[Z1] [Z2] [Z3] [Z6] images of a page show it whole and no secret of it, and leave it as it was', async () => {
  site.put('/demande', PAGE);
  site.put('/cadre', '<body style="margin:0;background:#f0f">', 'text/html');
  const page = await profile.context.newPage();
  // The frame is of another site.
  site.put('/demande', PAGE.replace('/cadre', site.url('/cadre').replace('127.0.0.1', 'localhost')));
  await page.goto(site.url('/demande'));
  const before = await page.evaluate(() => {
    window.scrollTo(0, 700);
    return document.documentElement.outerHTML;
  });
  const whole = await shoot(page, 'Page entière en image');
  const ratio = await page.evaluate(() => devicePixelRatio);
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  const found = await pixelsOf(whole);
  expect(found.secret).toBe(0);
  // Once, although it stays while the page scrolls.
  const bar = (await page.evaluate(() => document.documentElement.clientWidth)) * 30 * ratio * ratio;
  expect(found.bar).toBeGreaterThan(bar * 0.9);
  expect(found.bar).toBeLessThan(bar * 1.1);
  expect(found.end).toBeGreaterThan(800 * 600);
  expect(Math.abs(found.height - tall * ratio)).toBeLessThanOrEqual(2 * ratio);
  await expect(whole.getByText(/sauf 1 cadre/).first()).toBeVisible();
  await page.bringToFront();
  expect(await page.evaluate(() => [document.documentElement.outerHTML, window.scrollY])).toEqual([before, 700]);

  const seen = await pixelsOf(await shoot(page, 'Écran visible'));
  expect(seen.secret).toBe(0);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
});
