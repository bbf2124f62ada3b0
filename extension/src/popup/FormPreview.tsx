import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { Granted, TickedField } from '../messaging/contract.ts';
import type { SeenTab } from '../platform/tab.ts';
import { FieldNames } from './FieldNames.tsx';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface FormPreviewProps {
  readonly seen: SeenTab;
  readonly ticked: readonly TickedField[];
  readonly strings: PopupStrings;
  readonly onTick: (ticked: readonly TickedField[]) => void;
}

type Outline = Granted<'forms.look'>;

/** What will be kept of the form and what will not, before anything is. */
export function FormPreview({ seen, ticked, strings, onTick }: FormPreviewProps) {
  const [outline, setOutline] = useState<Outline | 'none' | null>(null);
  useEffect(() => {
    const tab = { id: seen.id, url: seen.url, documentId: seen.documentId };
    void ask(browser.runtime.sendMessage, 'forms.look', { tab }).then((answer) =>
      setOutline(answer.ok ? answer.value : 'none'),
    );
  }, [seen]);
  const words = strings.form;
  if (outline === null || outline === 'none') {
    return (
      <p className={css.note} role="status">
        {outline === null ? words.reading : words.none}
      </p>
    );
  }
  const { kept, masked, dropped, framesAway } = outline;
  return (
    <div className={css.note} role="status">
      <p>{words.kept(kept + ticked.length)}</p>
      {dropped.length > 0 && (
        <>
          <p>{words.dropped(dropped.length)}</p>
          <FieldNames names={dropped} summary={words.which} strings={strings} />
        </>
      )}
      {framesAway > 0 && <p>{words.frames(framesAway)}</p>}
      {masked.length > 0 && (
        <fieldset className={css.masked}>
          <legend>{words.masked}</legend>
          {masked.map((field) => (
            <label key={field.key} className={css.take}>
              <input
                type="checkbox"
                checked={ticked.some(({ key }) => key === field.key)}
                onChange={({ target }) =>
                  onTick(target.checked ? [...ticked, field] : ticked.filter(({ key }) => key !== field.key))
                }
              />
              {field.name === '' ? words.unnamed : field.name}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
