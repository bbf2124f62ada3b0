import { expect, test } from '@playwright/test';
import { Firefox } from './harness/firefox.ts';
import { firefoxPath, Site } from './harness/index.ts';

test('in Firefox: toolbar, popup, Enter, and the piece is read, whole and as a copy', async () => {
  const path = firefoxPath();
  test.skip(path === null, 'no Firefox here: install it (Debian: firefox-esr) or set FIREFOX_PATH');
  const [firefox, site] = await Promise.all([Firefox.open(path ?? ''), Site.open()]);
  try {
    await firefox.visit(site.url('/fixtures/eurlex.html'));
    await firefox.clickToolbar();
    await expect.poll(() => firefox.popupText()).toContain('Règlement 2024/9901 du 11 avril 2024 · CELEX 32024R9901');
    await firefox.pressInPopup('Enter');
    await expect.poll(() => firefox.popupText()).toContain('Pièce ajoutée à À classer.');
    expect(await firefox.popupText()).toContain('Enregistré sur cet appareil.');

    const app = await firefox.openApp('/dossiers');
    await app.locator('main a ::-p-text(À classer)').click();
    await app.locator('main [role=row]').click();
    await app.waitForFunction(() =>
      document.querySelector('main')?.textContent.includes('Chaque service tient une liasse.'),
    );
    await app.locator('[role=radio]::-p-text(Cliché)').click();
    await app.waitForFunction(() => {
      const frame = document.querySelector('iframe');
      return frame?.contentDocument?.body?.textContent.includes('Chaque service tient une liasse.') === true;
    });
    const frame = await app.$('iframe');
    expect(await frame?.evaluate((element) => element.getAttribute('sandbox'))).toBe('allow-same-origin');
  } finally {
    await Promise.all([firefox.close(), site.close()]);
  }
});
