import type { Comparison, SectionChange, TextBlocks } from '@liasse/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button, useCommands, useLanguage, useStrings } from '../../kit/index.ts';
import { ChangedSection } from './ChangedSection.tsx';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';
import { FoldedBlocks } from './FoldedBlocks.tsx';
import { type Part, partsOf, sectionName, summaryOf } from './parts.ts';

interface ComparisonViewProps {
  readonly comparison: Comparison;
  readonly before: TextBlocks;
  readonly title: string;
  readonly lang: string | null;
}

/** A comparison to read: what changed in a sentence, the list of it, then the text, with what did not change folded. */
export function ComparisonView({ comparison, before, title, lang }: ComparisonViewProps) {
  const t = useStrings(compareStrings);
  const language = useLanguage();
  const parts = useMemo(() => partsOf(comparison), [comparison]);
  const changed = useMemo(() => parts.flatMap((part) => (part.kind === 'changed' ? [part.section] : [])), [parts]);
  const { root, current, go } = useChanges(changed.length);
  useCommands([
    {
      id: 'compare.next',
      label: t('next'),
      section: t('changes'),
      shortcut: 'n',
      enabled: changed.length > 0,
      run: () => go(current + 1),
    },
    {
      id: 'compare.previous',
      label: t('previous'),
      section: t('changes'),
      shortcut: 'p',
      enabled: changed.length > 0,
      run: () => go(current - 1),
    },
  ]);
  const what = new Intl.ListFormat(language, { type: 'conjunction' }).format(summaryOf(comparison, t));
  const { added, removed } = comparison.counts.words;
  return (
    <section className={css.comparison} aria-labelledby="comparison">
      <h2 id="comparison">{title}</h2>
      {changed.length === 0 ? (
        <p role="status">{t('identical')}</p>
      ) : (
        <div role="status">
          <p>
            {t('summary', { what })} {t('words', { added, removed })}
          </p>
          {comparison.coarse > 0 && <p className={css.coarse}>{t('coarse', { count: comparison.coarse })}</p>}
        </div>
      )}
      {changed.length > 0 && <Changes changed={changed} current={current} onGo={go} />}
      <div ref={root} className={css.text} {...(lang !== null && { lang })}>
        {parts.map((part) => (
          <PartView key={part.key} part={part} before={before} />
        ))}
      </div>
    </section>
  );
}

/** Going from one change to the next, and round. */
function useChanges(count: number) {
  const root = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(-1);
  const go = (to: number) => {
    const index = (to + count) % count;
    setCurrent(index);
    const section = root.current?.querySelectorAll<HTMLElement>('[data-change]')[index];
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return { root, current, go };
}

interface ChangesProps {
  readonly changed: readonly SectionChange[];
  readonly current: number;
  readonly onGo: (index: number) => void;
}

function Changes({ changed, current, onGo }: ChangesProps) {
  const t = useStrings(compareStrings);
  return (
    <nav aria-label={t('changes')} className={css.changes}>
      <div className={css.steps}>
        <Button icon={ChevronUp} onPress={() => onGo(current - 1)}>
          {t('previous')}
        </Button>
        <Button icon={ChevronDown} onPress={() => onGo(current + 1)}>
          {t('next')}
        </Button>
        {current >= 0 && <span>{t('position', { number: current + 1, count: changed.length })}</span>}
      </div>
      <ol>
        {changed.map((section, index) => (
          // A comparison never changes, and two sections may bear one name: their place tells them apart.
          <li key={index}>
            <button type="button" className={css.jump} aria-current={index === current} onClick={() => onGo(index)}>
              {sectionName(section, t)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function PartView({ part, before }: { readonly part: Part; readonly before: TextBlocks }) {
  if (part.kind === 'same') return <FoldedBlocks blocks={part.blocks} before={before} />;
  return <ChangedSection section={part.section} before={before} />;
}
