import { useEffect } from 'react';
import { usePlatform, useWorkspace } from '../../app/context.tsx';
import { useEditable } from '../../app/room.tsx';
import { useOpenDoc } from '../../kit/index.ts';
import { keepReceipts } from './keepReceipts.ts';

const timers = {
  after: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** While a dossier is on screen, its pieces get the receipts that the server gives. Draws nothing. */
export function ReceiptKeeper() {
  const open = useOpenDoc();
  const { receipts } = usePlatform();
  const { local } = useWorkspace();
  const editable = useEditable();
  const active = editable && !local;
  useEffect(() => (active ? keepReceipts(open, receipts.ask, timers) : undefined), [open, receipts, active]);
  return null;
}
