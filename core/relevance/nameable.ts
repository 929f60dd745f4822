import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { Nameable } from './told-similar.ts';

/** Undefined: nobody may be told of it. Without a day of publication it is in no archive. */
export function nameable(postmortem: Pick<Postmortem, keyof Nameable | 'status' | 'restricted'> | undefined): Nameable | undefined {
  if (!postmortem || !isTellable(postmortem) || postmortem.publishedAt === undefined) return undefined;
  const { id, title, publishedAt } = postmortem;
  return { id, title, publishedAt };
}
