import type { Status } from './postmortem.ts';

/** How other tools and templates call the state of a postmortem. */
const words: Readonly<Record<Status, readonly string[]>> = {
  draft: ['draft', 'in progress', 'wip', 'work in progress', 'started', 'not started', 'open', 'todo', 'new', 'pending'],
  preliminary: ['preliminary', 'in review', 'review', 'under review', 'ready for review', 'interim', 'provisional'],
  published: [
    'published',
    'public',
    'completed',
    'complete',
    'final',
    'finalised',
    'finalized',
    'closed',
    'reviewed',
    'approved',
    'done',
    'resolved',
  ],
  retracted: ['retracted', 'withdrawn', 'recalled', 'deleted', 'cancelled', 'canceled', 'obsolete'],
};
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** What a word for a status means, or nothing. */
export const findStatus = (text: string): Status | undefined => {
  const wanted = plain(text);
  return statusesOf().find(([, names]) => names.includes(wanted))?.[0];
};

/** As `findStatus`, for prose: "Complete, action items in progress" begins with its status. */
export const findStatusInProse = (text: string): Status | undefined => findStatus(/^[^,.;:()–—]*/.exec(text)?.[0] ?? '');

const statusesOf = (): [Status, readonly string[]][] => [
  ['draft', words.draft],
  ['preliminary', words.preliminary],
  ['published', words.published],
  ['retracted', words.retracted],
];

/** For a refusal. */
export const knownStatuses = 'draft, preliminary (in review), published (complete, final, reviewed), retracted';
