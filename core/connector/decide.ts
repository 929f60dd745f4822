import { type PostmortemId, type Severity, severities } from '../postmortem/postmortem.ts';
import type { Facts, HeldReason } from './inbound-incident.ts';
import { declaresOnly, type Source } from './source.ts';

/** The postmortem that is stored under the incident's id, as far as it matters here. */
export interface Current {
  /** `others`: a producer's key, a person or another source stored it last. */
  readonly owner: 'nobody' | 'ours' | 'others';
  /** It is published, so people may have read it. */
  readonly isTold: boolean;
}

export interface Known {
  readonly source: Source;
  readonly facts: Facts;
  /** What the vendor's name of the severity counts as. Undefined: nobody said it. */
  readonly severity: Severity | undefined;
  readonly current: Current;
  /**
   * What the vendor's API said just now. `text`: it calls the document finished, and gives its
   * text. `not found`: it does not know the incident, or not for our token. `gone`: it has said so
   * for long. `not asked`: it was not asked, or did not answer.
   */
  readonly asked: 'text' | 'no text' | 'not found' | 'gone' | 'not asked';
}

export type Decision =
  | { readonly do: 'publish' | 'declare'; readonly severity: Severity }
  | { readonly do: 'hide'; readonly why: 'private' | 'deleted' | 'gone' }
  | { readonly do: 'join'; readonly postmortem: PostmortemId }
  | { readonly do: 'hold'; readonly why: HeldReason }
  | { readonly do: 'ignore' | 'wait' };

/**
 * What is to be done about an incident. It follows from the facts and from what is stored alone, so
 * it is the same in whatever order the facts came.
 *
 * Hiding acts at once, on the word of one signed event. Showing needs every fact from the API or an
 * operator: a visibility that is unknown shows nothing, and hides nothing that is shown.
 */
export function decide({ source, facts, severity, current, asked }: Known): Decision {
  // An operator who ignores it, or joins it to another one, knows better than an API without it.
  const hidden = hiddenBy(facts) ?? (asked === 'gone' && !facts.joins && !facts.ignored ? 'gone' : undefined);
  // A hook changes nothing that somebody else stored, not even to hide it: an operator does.
  if (current.owner === 'others') {
    // A tool that only declares takes back its own declaration, and there is none any more.
    const isOver = declaresOnly(source) && hidden === 'deleted';
    const isNews = (hidden && !isOver) || facts.status?.value === 'published';
    return facts.joins || facts.ignored || !isNews ? { do: 'ignore' } : hold('published elsewhere');
  }
  if (hidden) return { do: 'hide', why: hidden };
  if (facts.joins) return { do: 'join', postmortem: facts.joins.value };
  if (facts.ignored) return { do: 'ignore' };
  // One such answer can be a hiccup. It shows nothing, and hides nothing that people know.
  if (asked === 'not found') return current.isTold ? hold('not found') : { do: 'wait' };
  if (!isProven(facts.private)) return asked === 'not asked' ? { do: 'wait' } : hold('visibility unknown');
  if (facts.severity === undefined && facts.status?.value !== 'published') return { do: 'wait' };
  if (severity === undefined) return hold('unmapped severity');
  if (facts.title === undefined) return { do: 'wait' };
  // An event without an instant of its own has a later one than what the API says after it.
  if (facts.status?.value === 'published' && (isProven(facts.status) || asked === 'text')) {
    if (asked === 'not asked') return { do: 'wait' };
    return asked === 'text' ? { do: 'publish', severity } : hold('no text');
  }
  // A document that is opened again stays as people know it, until it is finished again.
  return current.isTold ? { do: 'wait' } : { do: 'declare', severity };
}

const hold = (why: HeldReason): Decision => ({ do: 'hold', why });

/** The API or an operator says it, and it is not private. */
export const isProven = (fact: Facts['private'] | Facts['status']): boolean =>
  fact !== undefined && fact.seen !== 'event' && fact.value !== true;

/** What hides it by the word of the facts alone. */
export function hiddenBy({ private: isPrivate, status }: Facts): 'private' | 'deleted' | undefined {
  if (isPrivate?.value === true) return 'private';
  return status?.value === 'deleted' ? 'deleted' : undefined;
}

/**
 * Whether operators have to look at a held incident at once, because nobody else is told of it: it
 * is of the most severe kind, or may be.
 */
export const isUrgent = (severity: Severity | undefined): boolean => severity === undefined || severity === severities[0];
