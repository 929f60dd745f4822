import * as z from 'zod';
import { Labelled, Line } from './card-content.ts';

/**
 * One post in Slack, as ready-made strings. Parsing it sanitises every string again. It says no
 * relative time, such as "today": the same revision always makes the same content.
 */
export const PostContent = z.strictObject({
  /** `struck`: only `title`, struck through, and `note`. `emptied`: only `note`. */
  view: z.enum(['full', 'struck', 'emptied']),
  /** For lock screens and notifications: severity and title, at most 150 characters. */
  notification: Line,
  /** The first line for readers who talk with people outside. */
  banner: Line.optional(),
  title: Line.optional(),
  /** Severity, services, team, times, standing. */
  meta: Line.optional(),
  parts: z.array(Labelled),
  link: z.strictObject({ url: z.url({ protocol: /^https?$/ }), words: Line }).optional(),
  /** `Taken back on 26 November. What stood here no longer counts.` */
  note: Line.optional(),
});
export type PostContent = z.infer<typeof PostContent>;
