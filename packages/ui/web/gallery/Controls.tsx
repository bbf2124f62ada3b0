import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { Button, IconButton, Link, Shortcut, useStrings } from '../../src/kit/index.ts';
import css from './Gallery.module.css';
import { galleryStrings } from './gallery.strings.ts';
import { Row, Section } from './Section.tsx';

/** Buttons, links, keys, type. */
export function Controls() {
  const t = useStrings(galleryStrings);
  return (
    <>
      <Section title="Button">
        <Row>
          <Button variant="primary" icon={Plus}>
            {t('create')}
          </Button>
          <Button icon={Pencil}>{t('rename')}</Button>
          <Button variant="quiet">{t('more')}</Button>
          <Button variant="danger" icon={Trash2}>
            {t('remove')}
          </Button>
        </Row>
        <Row>
          <Button variant="primary" busy>
            {t('create')}
          </Button>
          <Button busy>{t('rename')}</Button>
          <Button variant="primary" disabledReason={t('reason')}>
            {t('create')}
          </Button>
          <Button isDisabled>{t('rename')}</Button>
        </Row>
        <Row>
          <Button size="compact" variant="primary">
            {t('create')}
          </Button>
          <Button size="compact">{t('rename')}</Button>
          <Button size="compact" variant="quiet">
            {t('more')}
          </Button>
        </Row>
        <Row>
          <IconButton icon={Pencil} label={t('rename')} shortcut="F2" />
          <IconButton icon={Trash2} label={t('remove')} shortcut="$mod+Shift+Delete" />
          <IconButton icon={Ellipsis} label={t('more')} size="compact" />
          <IconButton icon={Pencil} label={`${t('rename')} 2`} isDisabled />
        </Row>
      </Section>
      <Section title="Type">
        <p>
          <Link href="/reunions">{t('link')}</Link> ·{' '}
          <Link href="https://example.org" external>
            {t('outside')}
          </Link>
        </p>
        <p className={css.reading}>{t('reading')}</p>
        <Row>
          <Shortcut keys="$mod+k" />
          <Shortcut keys="g d" />
          <Shortcut keys="$mod+Shift+Enter" />
        </Row>
        <p>
          <mark>{t('budget')}</mark>
        </p>
      </Section>
    </>
  );
}
