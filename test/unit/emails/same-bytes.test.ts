import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mailMaker } from '../../../core/delivery/make-mail.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import { anEdition, aProfile, aSid } from '../../support/delivery.ts';
import { samples } from '../../support/samples/samples.ts';
import { serviceSamples } from '../../support/samples/service.ts';

/**
 * SHA-256 of each sample mail as SES would get it, by name and reader. `UPDATE_BYTES=1` writes what
 * is made now: say in the commit why.
 */
const kept = new URL('../../support/fixtures/mail-bytes.json', import.meta.url);

const make = mailMaker({
  publicUrl: 'https://lessons.example.com',
  sender: { name: 'Lessons', address: 'lessons@example.com' },
  keys: { kid: 'k1', key: 'k'.repeat(32) },
});

const readers = {
  'of a team': aProfile({ sid: aSid(1), team: 'Storefront' }),
  'of a role, in plain text': aProfile({ sid: aSid(2), team: '', role: 'leadership', format: 'text' }),
  'on a list': aProfile({ sid: aSid(3), team: '' }),
};

const streamOf = (name: string) => {
  if (/alert/i.test(name)) return 'sev1-alerts';
  if (/impact/i.test(name)) return 'customer-impact';
  return /brief/i.test(name) ? 'leadership-brief' : 'engineering-digest';
};

const edition = (name: string) => anEdition({ stream: streamOf(name), id: `${streamOf(name)}_2026-W47`, alertsOf: 'Sev-1' });
const answer = (kind: string, realm: 'staff' | 'customers') =>
  anEdition({ stream: 'service', id: `service_${kind}`, realm, service: { kind, about: 'engineering-digest' } });

const editions = [
  ...Object.entries(samples).map(([name, fragments]) => ({ name, fragments, of: edition(name) })),
  ...serviceSamples.map(([name, fragments, { kind, realm }]) => ({ name, fragments, of: answer(kind, realm) })),
];

const hashOf = (fragments: EditionFragments, of: ReturnType<typeof anEdition>, reader: ReturnType<typeof aProfile>): string => {
  const made = make(of, fragments, { ...reader, realm: of.realm ?? 'staff' }, { withheld: new Set(), attempt: 1, issuedAt: 1_800_000_000 });
  return made.kind === 'mail' ? createHash('sha256').update(mimeBytes(made.mime)).digest('hex') : made.kind;
};

it('makes every sample mail byte for byte as before', () => {
  const made = Object.fromEntries(
    editions.flatMap(({ name, fragments, of }) =>
      Object.entries(readers).map(([who, reader]) => [`${name}, ${who}`, hashOf(fragments, of, reader)]),
    ),
  );
  if (process.env.UPDATE_BYTES) writeFileSync(kept, `${JSON.stringify(made, undefined, 2)}\n`);

  expect(made).toEqual(JSON.parse(readFileSync(kept, 'utf8')));
});
