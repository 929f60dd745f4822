import type { Decision } from '../action/event.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import type { Thanks } from './thanks-words.ts';

/** What is about a postmortem that may be named. */
export interface Told {
  readonly postmortem: { readonly id: PostmortemId; readonly title: string };
}

/** One thing that a mail of reminders asks or tells, by what is so when the mail is made. */
export type RemindedOf =
  | (Told & {
      readonly kind: 'review';
      readonly severity: Severity;
      readonly dueOn: PlainDate;
      /** How many open actions have no decision. */
      readonly undecided: number;
      readonly isAgain: boolean;
      /** Nobody whom the file names can sign it. */
      readonly nobodySigns?: boolean;
    })
  /** An end of a deferral, or that the owner answered: it is to be decided again. */
  | (Told & { readonly kind: 'deferral' | 'answer'; readonly title: string; readonly as: string })
  | (Told & {
      readonly kind: 'action';
      readonly title: string;
      readonly due: PlainDate;
      /** Nobody promised the day: it is what the distribution file expects. */
      readonly isUsual: boolean;
      /** What leads of a team are told. Absent: it is asked of its owner. */
      readonly owner?: string | undefined;
      readonly isOfLead: boolean;
    })
  /** `question`: leadership needs to know more. */
  | (Told & { readonly kind: 'decision' | 'question'; readonly title: string; readonly decision: Decision })
  | (Told & { readonly kind: 'thanks'; readonly publishedOn: PlainDate; readonly thanks: Thanks })
  | {
      readonly kind: 'awaited';
      readonly postmortem: { readonly id: PostmortemId };
      readonly severity: Severity;
      readonly declaredAt: Instant;
      readonly dueOn: PlainDate;
    };

export interface RemindersInput {
  readonly organisation: Pick<Distribution['organisation'], 'name' | 'zone'>;
  readonly labels: SeverityLabels;
  /** The day that the mail is of. */
  readonly day: PlainDate;
  readonly now: Date;
  readonly items: readonly RemindedOf[];
  /** Beyond the items, counted only. */
  readonly more: number;
  /** The reader's office, if they review. */
  readonly office?: string | undefined;
  /** The offices that did not sign, so that it comes to this one. Empty: it is asked first. */
  readonly standsInFor?: readonly string[];
}

export type Item<K extends RemindedOf['kind']> = RemindedOf & { readonly kind: K };
export type Printing = Pick<RemindersInput, 'day' | 'now' | 'organisation' | 'labels' | 'office' | 'standsInFor'>;
