import { definitionOf, type StreamName } from '../stream/stream.ts';
import type { Profile } from './subscriber.ts';

/**
 * Why somebody gets a stream that they could leave. This is the end of a sentence that begins with
 * `because`, the same in mails and on pages.
 */
export function whyGiven(stream: StreamName, profile: Pick<Profile, 'streams' | 'team' | 'role'>): string {
  const settings = profile.streams[stream];
  if (settings?.until) return 'you stand in for a colleague who is away';
  if (settings?.consent?.way === 'signup') return 'you signed up';
  const { givenTo } = definitionOf(stream);
  const group = profile[givenTo];
  if (!group) return 'you are subscribed';
  return givenTo === 'team' ? `you are in ${group}` : `your role is ${group}`;
}
