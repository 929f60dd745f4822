import { printDayAlone } from '../calendar/print.ts';
import { definitionOf, type StreamName } from '../stream/stream.ts';
import type { Profile } from './subscriber.ts';

/**
 * Why somebody gets a stream that they could leave. This is the end of a sentence that begins with
 * `because`, the same in mails and on pages.
 */
export function whyGiven(stream: StreamName, profile: Pick<Profile, 'streams' | 'team' | 'role' | 'zone'>): string {
  const settings = profile.streams[stream];
  if (settings?.until) return 'you stand in for a colleague who is away';
  const { consent } = settings ?? {};
  if (consent && definitionOf(stream).realm === 'customers')
    return `you asked for them on ${printDayAlone(consent.at, profile.zone ?? 'UTC')}`;
  if (consent?.way === 'signup') return 'you signed up';
  const { team, role } = profile;
  switch (definitionOf(stream).givenTo) {
    case 'team':
      return team ? `you are in ${team}` : 'you are subscribed';
    case 'role':
      return role ? `your role is ${role}` : 'you are subscribed';
    case 'department':
      return team || role ? `you are in ${team || capitalised(role ?? '')}` : 'you are subscribed';
  }
}

const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
