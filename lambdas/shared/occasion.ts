import * as z from 'zod';
import type { Occasion } from '../../core/compose/plan-edition.ts';
import { ServiceMail } from '../../core/edition/service-mail.ts';
import { Shown, type TestDrafts } from '../../core/edition/test-mail.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import {
  isUpdateStream,
  monthlyStreams,
  publishedStreams,
  realms,
  relevanceStreams,
  scheduledStreams,
  updateStreams,
} from '../../core/stream/stream.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';

/**
 * The messages of the compose queue. They carry ids, never texts, names or addresses. Who sent a
 * message is not known, so what it says of itself proves nothing (docs/adr/072). The scheduler
 * writes `scheduledFor` to the second, with `Z`.
 */
export const EditionMessage = z.union([
  z.strictObject({ stream: z.enum(scheduledStreams), scheduledFor: z.iso.datetime({ offset: true }) }),
  z.strictObject({
    stream: z.enum(monthlyStreams),
    frequency: z.literal('monthly'),
    scheduledFor: z.iso.datetime({ offset: true }),
  }),
  z.strictObject({ stream: z.enum([...publishedStreams, ...relevanceStreams]), postmortem: PostmortemId }),
  z.strictObject({ stream: z.enum(updateStreams), postmortem: PostmortemId }),
  z.strictObject({
    stream: z.literal('service'),
    ...ServiceMail.shape,
    realm: z.enum(realms),
    subscriber: SubscriberId,
    at: z.iso.datetime({ offset: true }),
  }),
  z.strictObject({
    stream: z.literal('service'),
    test: Shown,
    subscriber: SubscriberId,
    at: z.iso.datetime({ offset: true }),
    /** Of the stored draft that it shows: see TestDrafts. */
    draftId: z.string().optional(),
    /** What the release before wrote: the draft itself. Nothing is made of it. */
    draft: z.string().optional(),
  }),
]);
/** A message that asks for an edition. */
export type EditionMessage = z.infer<typeof EditionMessage>;

/** `notice`: look at what customers read of this postmortem. It says nothing else. */
export const ComposeMessage = z.union([EditionMessage, z.strictObject({ notice: PostmortemId })]);
export type ComposeMessage = z.infer<typeof ComposeMessage>;

/** Undefined for the test of a draft that is not stored, or not any more. */
export async function occasionOf(message: EditionMessage, drafts: Pick<TestDrafts, 'read'>): Promise<Occasion | undefined> {
  if ('postmortem' in message) {
    const { stream, postmortem } = message;
    return isUpdateStream(stream) ? { kind: 'incident', stream, postmortem } : { kind: 'postmortem', stream, postmortem };
  }
  if ('test' in message) {
    const { test, subscriber, at, draftId, draft: inMessage } = message;
    const draft = draftId === undefined ? undefined : await drafts.read(draftId);
    if (inMessage !== undefined || (draftId !== undefined && !draft)) return undefined;
    return { kind: 'test', wanted: { shows: test, subscriber, at: new Date(at), ...(draft && { draft }) } };
  }
  if (message.stream === 'service') {
    const { stream: _, at, ...mail } = message;
    return { kind: 'service', mail: { ...mail, at: new Date(at) } };
  }
  const scheduled = { kind: 'scheduled', stream: message.stream, at: new Date(message.scheduledFor) } as const;
  return 'frequency' in message ? { ...scheduled, frequency: message.frequency } : scheduled;
}
