import type { StreamName } from '../../../../core/stream/stream.ts';
import type { Profile } from '../../../../core/subscriber/subscriber.ts';

/** A stream as its readers call it, and what it is. */
export const streamIntros: Readonly<Record<StreamName, { readonly what: string; readonly frequencies: Readonly<Record<string, string>> }>> =
  {
    'engineering-digest': {
      what: 'What went wrong elsewhere, why, and what it taught.',
      frequencies: { published: 'Each one, as published', weekly: 'Weekly', monthly: 'Monthly', on: 'On', off: 'Off' },
    },
    'sev1-alerts': {
      what: 'One mail as soon as the postmortem of a grave incident is published.',
      frequencies: { on: 'At once', off: 'Off' },
    },
    'leadership-brief': {
      what: 'The numbers of the period, where each grave incident stands, which promises are overdue.',
      frequencies: { on: 'On', off: 'Off' },
    },
    'customer-impact': { what: 'What customers saw, and what to say.', frequencies: { on: 'On', off: 'Off' } },
    'customer-notices': {
      what: 'What went wrong with our service, what it meant for you, and what we do about it.',
      frequencies: { on: 'On', off: 'Off' },
    },
  };

/** Why this reader gets, or could get, a stream. */
export function whyOf(stream: StreamName, profile: Profile): string {
  const settings = profile.streams[stream];
  const { team, role } = profile;
  if (settings?.until) return 'You get it in place of a colleague who is away.';
  if (settings?.consent?.way === 'signup') return 'You get it because you signed up.';
  if (!settings?.on) return '';
  const group = stream === 'engineering-digest' ? team : role;
  return group ? `You get it because you are in ${group}.` : 'You get it because you are on its list.';
}
