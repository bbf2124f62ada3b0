import { type FormCapture, Refusal } from '@liasse/core';
import { z } from 'zod';
import type { FormOutline, FormSide, Ticked } from '../../capture/forms/formSide.ts';
import { judgeForm } from '../../capture/forms/judgeForm.ts';
import type { Request } from '../../messaging/contract.ts';
import type { PageTaker, Target } from './pageTaker.ts';

/** The form of the page, judged; null where there is none, or the page admits no script. */
export async function takeForm(
  taker: PageTaker,
  target: Target,
  ticked: readonly Ticked[],
): Promise<FormCapture | null> {
  return judgeForm(await askForm(taker, target, 'read', [ticked]));
}

/** @throws {Refusal} `no-form` when the tab shows another page by now, or one without a form */
export async function lookAtForm(taker: PageTaker, tab: Request<'forms.look'>['tab']): Promise<Outlined> {
  const answer = Outline.safeParse(await askForm(taker, await seenTarget(taker, tab), 'outline', []));
  if (!answer.success) throw new Refusal('no-form');
  return answer.data;
}

/** The document that the person saw in a tab. @throws {Refusal} `no-form` when it is no longer there */
export async function seenTarget(taker: PageTaker, tab: Request<'forms.look'>['tab']): Promise<Target> {
  if ((await taker.addressOf(tab.id)) !== tab.url) throw new Refusal('no-form');
  return { tabId: tab.id, documentId: tab.documentId };
}

export async function askForm(
  taker: PageTaker,
  target: Target,
  method: keyof FormSide,
  args: readonly unknown[],
): Promise<unknown> {
  await taker.run('/page-form.js', target);
  return taker.callForm(target, method, args);
}

const Key = z.string().regex(/^[a-z0-9.-]{1,40}$/);
const Name = z.string().max(500);

const Outline = z.object({
  kept: z.int().min(0),
  masked: z.array(z.object({ key: Key, name: Name })).max(1_000),
  dropped: z.array(Name).max(1_000),
  framesAway: z.int().min(0),
}) satisfies z.ZodType<FormOutline>;
type Outlined = z.infer<typeof Outline>;
