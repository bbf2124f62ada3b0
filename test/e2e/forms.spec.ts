import { expect, type Page, test } from '@playwright/test';
import { lookAround } from './harness/axe.ts';
import { Profile, Site } from './harness/index.ts';
import { kept } from './harness/kept.ts';

const MARKER = 'MARQUEUR-SECRET-4f1b';

const STEP_1 = (filled: boolean) => `<!doctype html><html lang="fr"><title>Demande d’aide</title>
<ol><li aria-current="step">Le demandeur</li><li>Le projet</li></ol>
<form action="/envoi" method="post"><fieldset><legend>Identité</legend>
<label>Nom <input name="nom" value="${filled ? 'Durand' : ''}"></label>
<label>Courriel <input type="email" name="courriel" value="${filled ? 'a.durand@ministere.example' : ''}"></label>
<label>Région <select name="region"><option value=""></option><option value="bre" ${filled ? 'selected' : ''}>Bretagne</option></select></label></fieldset>
<span id="l">Urgent</span> <span role="switch" tabindex="0" aria-labelledby="l" aria-checked="${filled}" id="urgent"></span>
<label>Mot de passe <input type="password" name="mdp" value="${filled ? MARKER : ''}"></label>
<input type="hidden" name="jeton" value="${MARKER}"><textarea hidden name="csrf_token">${MARKER}</textarea>
<button>Envoyer</button></form>
<script>
  const one = document.getElementById('urgent');
  one.onclick = () => one.setAttribute('aria-checked', String(one.getAttribute('aria-checked') !== 'true'));
  // As frameworks do: what no event told of is put back.
  const name = document.querySelector('[name=nom]'); let held = name.value;
  name.addEventListener('input', () => { held = name.value; });
  setInterval(() => { if (name.value !== held) name.value = held; }, 20);
</script>`;
const STEP_2 = `<!doctype html><html lang="fr"><title>Demande d’aide</title><ol><li aria-current="step">Le projet</li></ol>
<form><label>Objet <textarea name="objet">Salle polyvalente</textarea></label></form>`;

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

/** Takes the form in front: into a new dossier, or as Enter offers. */
async function takeForm(page: Page, dossier: string | null): Promise<Page> {
  const popup = await profile.clickToolbar(page);
  await popup.getByRole('radio', { name: 'Le formulaire' }).check();
  await expect(popup.getByText(/gardés? avec/)).toBeVisible();
  const field = popup.getByRole('combobox', { name: 'Dossier' });
  if (dossier !== null) await field.fill(dossier);
  else
    await expect(popup.getByRole('option').first()).toHaveText(/^Ajouter comme étape à «\u00a0Demande d’aide\u00a0»/);
  await field.press('Enter');
  return popup;
}

test('[F11][F15][F22][F29] a form of two steps is captured, corrected, made a template and filled again; its secrets are kept nowhere', async () => {
  site.put('/demande', STEP_1(true));
  site.put('/demande/projet', STEP_2);
  site.put('/demande/nouvelle', STEP_1(false));
  const page = await profile.context.newPage();
  await page.goto(site.url('/demande'));
  const first = await takeForm(page, 'Aides 2026');
  await expect(first.getByText(/^Pièce ajoutée à/)).toBeVisible();
  await expect(first.getByText('2 champs protégés n’ont pas été enregistrés.')).toBeVisible();
  await page.goto(site.url('/demande/projet'));
  const second = await takeForm(page, null);
  await expect(second.getByText(/^Étape ajoutée à/)).toBeVisible();

  const app = await profile.openApp('/dossiers');
  await app.getByRole('link', { name: 'Aides 2026', exact: true }).first().click();
  await app.getByRole('row').first().click();
  await expect(app.getByRole('heading', { name: 'Étape 2 : Le projet' })).toBeVisible();
  await expect(app.getByText('Salle polyvalente')).toBeVisible();
  await expect(app.getByText('Champ protégé : rien n’en est lu.').first()).toBeVisible();
  await app.getByRole('button', { name: 'Corriger « Nom »' }).click();
  await app.getByRole('textbox', { name: 'Nouvelle valeur' }).fill('Dupont');
  await app.keyboard.press('Enter');
  await expect(app.getByText(/^Lu dans la page\u00a0: Durand/)).toBeVisible();
  await app.getByRole('button', { name: 'Enregistrer comme modèle' }).click();
  await expect(app.getByText(/^Modèle proposé par/)).toBeVisible();
  await lookAround(app, 'the form of a piece');
  expect(await kept(app)).toContain('a.durand@ministere.example');
  expect(await kept(app)).not.toContain(MARKER);

  await page.goto(site.url('/demande/nouvelle'));
  const popup = await profile.clickToolbar(page);
  await popup.getByRole('button', { name: 'Remplir depuis un dossier…' }).click();
  await expect(popup.getByRole('checkbox', { name: /Nom\s*Dupont/ })).toBeChecked();
  await expect(popup.getByText('1 champ introuvable dans cette page')).toBeVisible();
  await expect(popup.getByText('2 champs protégés, jamais remplis')).toBeVisible();
  await popup.getByRole('button', { name: 'Remplir 4 champs' }).click();
  await expect(popup.getByText('4 champs remplis.')).toBeVisible();
  await expect(page.getByLabel('Nom')).toHaveValue('Dupont');
  await expect(page.getByLabel('Courriel')).toHaveValue('a.durand@ministere.example');
  await expect(page.getByLabel('Région')).toHaveValue('bre');
  await expect(page.getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByLabel('Mot de passe')).toHaveValue('');
  expect(site.requests).not.toContain('/envoi');
});
