import { assembleMail } from '../../core/mail/assemble.ts';
import type { ReaderChoices } from '../../core/mail/card-forms.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';

export const links = {
  read: 'https://lessons.example.com/read/v1.k1.cGF5bG9hZA.bWFj',
  preferences: 'https://lessons.example.com/preferences/v1.k1.cGF5bG9hZA.bWFj',
  unsubscribe: 'https://lessons.example.com/unsubscribe/v1.k1.cGF5bG9hZA.bWFj',
  view: 'https://lessons.example.com/view/v1.k1.cGF5bG9hZA.bWFj',
  action: 'https://lessons.example.com/action/v1.k1.cGF5bG9hZA.bWFj',
};

/** The mail that a reader of an edition gets when nothing is withheld. */
export function aMail(edition: EditionFragments, wishes?: ReaderChoices) {
  const why = 'You get this because you are in Storefront.';
  const mail = assembleMail(edition, { placeholders: { ...links, why, tracker: '{{ses:openTracker}}' }, withheld: new Set(), wishes });
  if (typeof mail === 'string') throw new Error('nothing was made');
  return mail;
}
