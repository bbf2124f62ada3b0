import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** A page of the bench, and what a person did in it before the capture. */
export interface CapturePage {
  readonly name: string;
  /** On the first origin. */
  readonly path: string;
  /** The Debian package it is out of; none: it was written for the bench. */
  readonly package?: string;
  /** Whether it holds something of the other origin that the browser shows. */
  readonly hasOther?: boolean;
  /** Frames of a server that never answers. */
  readonly hasDead?: boolean;
  prepare?(page: Page): Promise<void>;
}

const written = (name: string, more: Omit<CapturePage, 'name' | 'path'> = {}): CapturePage => ({
  name,
  path: `/pages/${name}/index.html`,
  ...more,
});

const WRITTEN: readonly CapturePage[] = [
  written('loi'),
  written('circulaire'),
  written('tableau-de-bord'),
  written('composants-ouverts'),
  written('composants-fermes'),
  written('cadres-proches'),
  written('cadres-lointains', { hasOther: true }),
  written('cadres-morts', { hasDead: true }),
  written('images-paresseuses'),
  written('polices', { hasOther: true }),
  written('images-lointaines', { hasOther: true }),
  written('mise-en-page'),
  written('couches'),
  written('formulaire-etapes', { prepare: fillSteps }),
  written('formulaire-complet', { prepare: fillAll }),
  written('dialogues', { prepare: openDialogs }),
  written('dessins'),
  written('droite-a-gauche'),
  written('tres-longue'),
  written('images-choisies'),
];

const debian = (name: string, path: string, more: Omit<CapturePage, 'name' | 'path'>): CapturePage => ({
  name,
  path: more.hasOther ? `/images-elsewhere/usr/share/${path}` : `/usr/share/${path}`,
  ...more,
});

/** Documentation as Debian 12 packages it: nobody here wrote it, and nothing of it is in the project. */
const DEBIAN: readonly CapturePage[] = [
  debian('python-turtle', 'doc/python3.11/html/library/turtle.html', { package: 'python3.11-doc' }),
  debian('python-windows', 'doc/python3.11/html/using/windows.html', { package: 'python3.11-doc' }),
  debian('postgresql-table', 'doc/postgresql-doc-15/html/sql-createtable.html', { package: 'postgresql-doc-15' }),
  debian('handbook-fr', 'doc/debian-handbook/html/fr-FR/sect.virtualization.html', { package: 'debian-handbook' }),
  debian('handbook-ar', 'doc/debian-handbook/html/ar-MA/sect.computer-layers.html', { package: 'debian-handbook' }),
  debian('policy', 'doc/debian-policy/policy.html/ch-controlfields.html', { package: 'debian-policy' }),
  debian('developers', 'doc/developers-reference/docs/beyond-pkging.html', { package: 'developers-reference' }),
  debian('reference-fr', 'doc/debian-reference-common/docs/ch02.fr.html', { package: 'debian-reference-fr' }),
  debian('git-rebase', 'doc/git/html/git-rebase.html', { package: 'git-doc' }),
  debian('doxywizard', 'doc/doxygen/html/doxywizard_usage.html', { package: 'doxygen-doc', hasOther: true }),
  debian('doxygen-formulas', 'doc/doxygen/html/formulas.html', { package: 'doxygen-doc' }),
  debian('apache-core', 'doc/apache2-doc/manual/fr/mod/core.html', { package: 'apache2-doc' }),
  debian('apache-cache', 'doc/apache2-doc/manual/fr/caching.html', { package: 'apache2-doc', hasOther: true }),
  debian('django-forms', 'doc/python-django-doc/html/topics/forms/index.html', { package: 'python-django-doc' }),
  debian('octave-plots', 'doc/octave/octave.html/Two_002dDimensional-Plots.html', { package: 'octave-doc' }),
  debian('sphinx-theming', 'doc/sphinx-doc/html/usage/theming.html', { package: 'sphinx-doc' }),
  debian('flask-quickstart', 'doc/python-flask-doc/html/quickstart.html', { package: 'python-flask-doc' }),
  debian('pillow-anchors', 'doc/python-pil-doc/html/handbook/text-anchors.html', {
    package: 'python-pil-doc',
    hasOther: true,
  }),
  debian('gimp-outils', 'gimp/2.0/help/fr/gimp-tools-transform.html', { package: 'gimp-help-fr', hasOther: true }),
  debian('cairo-surface', 'gtk-doc/html/cairo/cairo-cairo-surface-t.html', { package: 'libcairo2-doc' }),
];

/** The pages that this machine has, and the packages of those that it has not. */
export function pagesHere(): { pages: readonly CapturePage[]; absent: readonly string[] } {
  const isHere = ({ path }: CapturePage) => existsSync(path.replace(/^\/images-elsewhere/, ''));
  const absent = new Set(DEBIAN.filter((page) => !isHere(page)).map((page) => page.package as string));
  return { pages: [...WRITTEN, ...DEBIAN.filter(isHere)], absent: [...absent].sort() };
}

/** The first of two steps is filled and left, the second half filled. */
async function fillSteps(page: Page): Promise<void> {
  await page.fill('#nom', 'Les Amis de la Rivière');
  await page.fill('#siret', '123');
  await page.fill('#mel', 'amis@exemple.fr');
  await page.fill('#creation', '2019-05-17');
  await page.selectOption('#forme', 'Association déclarée');
  await page.click('#suite');
  await page.fill('#titre', 'Une passe à poissons');
  await page.fill('#resume', 'Rétablir le passage\ndes truites au seuil du moulin.');
  await page.check('[value="jeunes"]');
  await page.check('[value="v"]');
  await page.selectOption('#lieux', ['Faubourg', 'Port']);
  await page.click('#suite');
  await page.fill('#montant', '2450');
  await page.fill('#part', '35');
}

async function fillAll(page: Page): Promise<void> {
  await page.fill('#a', 'Bal de quartier');
  await page.fill('#c', '01 00 00 00 07');
  await page.fill('#d', 'https://exemple.fr/bal');
  await page.fill('#h', '21:30');
  await page.fill('#s', '2031-W28');
  await page.fill('#co', '#b3312c');
  await page.fill('#q', 'Halle');
  await page.check('#k1');
  await page.uncheck('#k2');
  await page.evaluate(() => Object.assign(document.getElementById('k3') ?? {}, { indeterminate: true }));
  await page.check('#k4');
  await page.check('#r2');
  await page.selectOption('#z', 'nuit');
  await page.selectOption('#m', ['Pompiers', 'Voirie']);
  await page.fill('#t', 'La rue du Port sera\nfermée de 20 h à 2 h.');
  await page.evaluate(() => {
    const editable = document.getElementById('e');
    if (editable) editable.innerHTML = '<p>Montage à <b>18 h</b></p><p>Ouverture à 21 h</p>';
  });
  await page.fill('#p', 'mot de passe tapé');
  await page.evaluate(() => {
    const gauge = document.getElementById('pr') as HTMLProgressElement | null;
    if (gauge) gauge.value = 7;
  });
}

async function openDialogs(page: Page): Promise<void> {
  await page.click('#d2 summary');
  await page.evaluate(() => document.getElementById('bulle')?.showPopover());
  await page.evaluate(() => (document.getElementById('avis') as HTMLDialogElement | null)?.showModal());
  await page.check('#compris');
}
