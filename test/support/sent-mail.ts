import { mailMaker } from '../../core/delivery/make-mail.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { mimeBytes } from '../../core/mail/mail-text.ts';
import type { StreamName } from '../../core/stream/stream.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { anEdition, aProfile } from './delivery.ts';

/** As long as an address of API Gateway. */
export const pages = 'https://abcde12345.execute-api.eu-central-1.amazonaws.com';
export const address = 'ana@example.com';

interface Sent {
  readonly stream?: StreamName;
  readonly incident?: string;
  readonly profile?: Partial<Profile>;
  readonly sender?: string;
}

/** The bytes that would go to SES, made by the same code as for every reader. */
export function aSentMail(
  fragments: EditionFragments,
  { stream = 'engineering-digest', incident, profile, sender = 'Northwind incident lessons' }: Sent = {},
): Buffer {
  const make = mailMaker({
    publicUrl: pages,
    sender: { name: sender, address: 'lessons@mail.example.com' },
    keys: { kid: 'k1', key: 'k'.repeat(32) },
  });
  const edition = anEdition({ id: `${stream}_2026-W47`, stream, tracksOpens: true, ...(incident && { incident }) });
  const reader = aProfile({ address, ...profile });
  const mail = make(edition, fragments, reader, { withheld: new Set(), attempt: 1, issuedAt: 1_800_000_000 });
  if (mail.kind !== 'mail') throw new Error(`no mail was made: ${JSON.stringify(mail)}`);
  return mimeBytes(mail.mime);
}
