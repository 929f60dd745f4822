import * as z from 'zod';
import { scheduledStreams } from '../../core/distribution/scheduled-streams.ts';
import type { Occasion } from '../../core/edition/start-edition.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';

/** What the compose queue carries. The scheduler writes `scheduledFor` to the second, with `Z`. */
export const ComposeMessage = z.union([
  z.strictObject({ stream: z.enum(scheduledStreams), scheduledFor: z.iso.datetime({ offset: true }) }),
  z.strictObject({ stream: z.literal('sev1-alerts'), postmortem: PostmortemId }),
]);
export type ComposeMessage = z.infer<typeof ComposeMessage>;

export const occasionOf = (message: ComposeMessage): Occasion =>
  'postmortem' in message
    ? { kind: 'alert', postmortem: message.postmortem }
    : { kind: 'scheduled', stream: message.stream, at: new Date(message.scheduledFor) };
