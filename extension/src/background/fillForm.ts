import {
  type DossierId,
  FieldValue,
  fieldsNow,
  formView,
  type PieceId,
  piecesView,
  Refusal,
  type TeamId,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { z } from 'zod';
import type { CapturedField } from '../capture/forms/refillTypes.ts';
import type { Granted, Request } from '../messaging/contract.ts';
import type { Device } from './device.ts';
import { askForm, seenTarget } from './take/formTaker.ts';
import type { PageTaker } from './take/pageTaker.ts';

interface FillPorts {
  readonly device: Device;
  readonly taker: PageTaker;
}

/**
 * What filling the form in front from a piece would write, field by field. Nothing is touched.
 *
 * @throws {Refusal} `not-found` for a piece without a form, `forbidden` for one of another site, `no-form`
 * @see SPEC.md F20, F25
 */
export async function planFill(ports: FillPorts, request: Request<'forms.plan'>): Promise<Granted<'forms.plan'>> {
  const target = await seenTarget(ports.taker, request.tab);
  const fields = await fieldsOf(ports.device, request);
  const plan = Plan.safeParse(await askForm(ports.taker, target, 'plan', [fields]));
  if (!plan.success) throw new Refusal('no-form');
  const lines = plan.data.lines.map(({ id, name, does, now, next, nowShown, nextShown }) => ({
    id,
    name,
    does: does === 'fill' && !isEmpty(now) ? ('replace' as const) : does,
    now: wordsOf(now, nowShown),
    next: wordsOf(next, nextShown),
  }));
  return { lines };
}

/** Writes what was ticked, and says of each what became of it. @throws {Refusal} as `planFill` @see SPEC.md F21–F24 */
export async function fillChosen(ports: FillPorts, request: Request<'forms.fill'>): Promise<Granted<'forms.fill'>> {
  const target = await seenTarget(ports.taker, request.tab);
  const fields = await fieldsOf(ports.device, request);
  const result = Result.safeParse(await askForm(ports.taker, target, 'fill', [fields, request.chosen]));
  if (!result.success) throw new Refusal('no-form');
  const told = new Set(result.data.lines.map(({ id }) => id));
  // What the page no longer has when it is planned again has no line of its own.
  const gone = request.chosen.filter((id) => !told.has(id)).map((id) => ({ id, outcome: 'gone' as const }));
  return { lines: [...result.data.lines, ...gone] };
}

type Source = Pick<Request<'forms.plan'>, 'tab' | 'team' | 'dossierId' | 'pieceId'>;

/** The fields of a piece as they stand now, corrections included; refused where its page is of another site. */
async function fieldsOf(device: Device, { tab, team, dossierId, pieceId }: Source): Promise<readonly CapturedField[]> {
  return device.withTeam(device.teamOr(team as TeamId | null), async (at) => {
    const open = at.open(dossierRoom(at.team, dossierId as DossierId));
    try {
      await open.loaded;
      const piece = piecesView(open.doc)
        .getSnapshot()
        .byId.get(pieceId as PieceId);
      const form = formView(pieceId as PieceId)(open.doc).getSnapshot();
      if (piece === undefined || form === null) throw new Refusal('not-found', { id: pieceId });
      if (!isSameSite(piece.url, tab.url)) throw new Refusal('forbidden');
      return fieldsNow(form).map(({ key: _key, correction: _correction, ...field }) => field);
    } finally {
      open.close();
    }
  });
}

const isSameSite = (a: string | null, b: string): boolean =>
  a !== null && URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

const isEmpty = (value: FieldValue): boolean =>
  value === null || value === false || (typeof value !== 'boolean' && value.length === 0);

/** A value as the popup shows it: what people read, where that is known. */
function wordsOf(value: FieldValue, shown: string | null): string | boolean | null {
  if (typeof value === 'boolean' || value === null) return value;
  if (shown !== null && shown !== '') return shown.slice(0, SHOWN_CHARACTERS);
  return (typeof value === 'string' ? value : value.join(', ')).slice(0, SHOWN_CHARACTERS);
}

const SHOWN_CHARACTERS = 500;
const Shown = z.string().nullable();

const Plan = z.object({
  lines: z
    .array(
      z.object({
        id: z.string().max(100),
        name: z.string().max(500),
        does: z.enum(['fill', 'same', 'missing', 'denied', 'blocked']),
        now: FieldValue,
        next: FieldValue,
        nowShown: Shown,
        nextShown: Shown,
      }),
    )
    .max(50_000),
});

const Result = z.object({
  lines: z.array(z.object({ id: z.string().max(100), outcome: z.enum(['filled', 'refused', 'gone', 'denied']) })),
});
