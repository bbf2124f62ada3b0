import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { Button, useStrings } from '../../kit/index.ts';
import css from './files.module.css';
import { filesStrings } from './files.strings.ts';

GlobalWorkerOptions.workerSrc = workerAddress;

/** More pages at once would fill memory with images nobody looks at. */
const PAGES_AT_ONCE = 5;
const MAX_WIDTH_PX = 900;

/**
 * A PDF’s pages, drawn one by one: no link, no field and no script of it is brought to life. Its text stands beside, as the piece’s
 * reading.
 */
export default function PdfPages({ bytes, name }: { readonly bytes: Blob; readonly name: string }) {
  const t = useStrings(filesStrings);
  const pdf = usePdf(bytes);
  const [shown, setShown] = useState(PAGES_AT_ONCE);
  if (pdf === 'failed') return <p className={css.note}>{t('notDrawn')}</p>;
  if (pdf === null) return null;
  const numbers = Array.from({ length: Math.min(shown, pdf.numPages) }, (_, at) => at + 1);
  return (
    <div className={css.pages}>
      {numbers.map((number) => (
        <DrawnPage key={number} pdf={pdf} number={number} label={t('pageOf', { number, name })} />
      ))}
      {shown < pdf.numPages && <Button onPress={() => setShown(shown + PAGES_AT_ONCE)}>{t('morePages')}</Button>}
    </div>
  );
}

function usePdf(bytes: Blob): PDFDocumentProxy | 'failed' | null {
  const [pdf, setPdf] = useState<PDFDocumentProxy | 'failed' | null>(null);
  useEffect(() => {
    let left = false;
    let end = () => {};
    void bytes.arrayBuffer().then(async (data) => {
      if (left) return;
      const task = getDocument({ data, verbosity: 0, enableXfa: false });
      end = () => void task.destroy();
      const opened = await task.promise.catch(() => 'failed' as const);
      if (!left) setPdf(opened);
    });
    return () => {
      left = true;
      end();
    };
  }, [bytes]);
  return pdf;
}

function DrawnPage({
  pdf,
  number,
  label,
}: {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly label: string;
}) {
  const t = useStrings(filesStrings);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let left = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      if (left || canvas.current === null) return;
      const natural = page.getViewport({ scale: 1 });
      const scale = Math.min(MAX_WIDTH_PX / natural.width, 1.5) * Math.min(devicePixelRatio, 2);
      const viewport = page.getViewport({ scale });
      canvas.current.width = viewport.width;
      canvas.current.height = viewport.height;
      const drawing = page.render({ canvas: canvas.current, viewport });
      stop = () => drawing.cancel();
      await drawing.promise;
    };
    draw().catch(() => !left && setFailed(true));
    return () => {
      left = true;
      stop();
    };
  }, [pdf, number]);
  if (failed) return <p className={css.note}>{t('notDrawn')}</p>;
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
