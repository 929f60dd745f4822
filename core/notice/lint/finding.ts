import type { Remark } from '../ports.ts';

/** What a rule found in one passage, as it stands there. */
export interface Finding {
  readonly rule: RuleName;
  readonly level: Remark['level'];
  readonly found: string;
}

/** One sentence each: what to do. */
export const remedies = {
  'hidden character': 'Delete the characters that cannot be seen, or type the word anew.',
  'hidden text': 'Delete it: customers would not see it, and whoever looks at the source would.',
  'lookalike letter': 'Type the word anew: one of its letters is of another alphabet.',
  person: 'Leave people out: say what was done, not who did it.',
  'code name': 'Use the name that customers know, or none.',
  customer: 'Leave other customers out.',
  team: 'Say "we" unless customers know the team.',
  service: 'Use the name of the product that customers know.',
  host: 'Leave internal hosts out.',
  'address of a network': 'Leave addresses of networks out, unless customers need them.',
  link: 'Link only to pages that everybody may read.',
  mailbox: 'Give the contact of the distribution file.',
  handle: 'Leave handles and channels out, unless they are for customers.',
  telephone: 'Give the contact of the distribution file.',
  account: 'Leave numbers of accounts and resources out.',
  secret: 'Delete it, and revoke it: what was published once is stored.',
  'random word': 'Delete it, unless customers have seen it.',
  'not to be said': 'The postmortem says that this is not to be said. Leave it out, or mend the postmortem first.',
  severity: 'Say what customers saw, not how the incident was graded.',
  cause: 'Say it in words of customers, and blame nobody.',
  'term of engineers': 'Say it in words of customers.',
  'number of customers': 'Check that this number may be known.',
  'blank of a template': 'Fill it in, or delete it.',
  'too many remarks': 'Mend what the other remarks say, and look again.',
} as const;
export type RuleName = keyof typeof remedies;
