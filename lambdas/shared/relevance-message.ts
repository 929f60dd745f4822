import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';

/** A message for the function `relevance`: finds out to whom this postmortem matters. */
export const RelevanceMessage = z.object({ postmortem: PostmortemId });
export type RelevanceMessage = z.infer<typeof RelevanceMessage>;
