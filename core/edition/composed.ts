import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { EditionStream } from './edition.ts';
import type { EditionFragments } from './fragments.ts';

/** An edition in memory: what it would say, to be stored or only looked at. */
export interface Composed {
  readonly id: string;
  readonly stream: EditionStream;
  readonly subject: string;
  /** Of an alert: see Edition. */
  readonly alertsOf?: string;
  /** The postmortem that it is about, where it is about one: all mails about an incident thread together. */
  readonly incident?: PostmortemId | undefined;
  readonly carried: readonly StoredPostmortem[];
  /** Undefined: there is nothing to tell, and readers are left alone. */
  readonly fragments: EditionFragments | undefined;
}
