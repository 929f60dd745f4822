import type { StreamName } from '../../../core/subscriber/subscriber.ts';

/** What a stream is, for somebody who does not get it yet. */
export const joinWords: Readonly<Record<StreamName, { readonly name: string; readonly what: string }>> = {
  'engineering-digest': {
    name: 'Engineering digest',
    what: 'What went wrong, why, and what we learnt from it. For everybody who builds or runs something.',
  },
  'sev1-alerts': {
    name: 'Sev-1 alerts',
    what: 'A mail as soon as the story of a Sev-1 is published: what happened, who was affected, what comes next.',
  },
  'leadership-brief': {
    name: 'Leadership brief',
    what: 'Where the worst incidents stand, which promises are overdue, and the numbers beside those of the time before.',
  },
  'customer-impact': { name: 'Customer impact', what: 'What customers saw, and what to say. For support, sales and marketing.' },
  'customer-notices': { name: 'Customer notices', what: 'What happened, and what it meant for you.' },
};
