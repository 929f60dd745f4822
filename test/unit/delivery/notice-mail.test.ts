import { expect, it } from 'vitest';
import { readerMail } from '../../../core/delivery/make-mail.ts';
import { renderNotice } from '../../../emails/render-notice.ts';
import { anEdition, aProfile, aSid } from '../../support/delivery.ts';
import { noticeSamples } from '../../support/samples/notices.ts';

const settings = {
  publicUrl: 'https://lessons.example.com/customers',
  sender: { name: 'Northwind status', address: 'status@notices.example.com' },
  keys: { kid: 'k1', key: 'k'.repeat(32) },
};
const edition = anEdition({
  id: 'customer-notices_k7p3wq9xzt_r3',
  stream: 'customer-notices',
  incident: 'k7p3wq9xzt',
  notice: { public: 'k7p3wq9xzt', version: 3 },
});

const since = '2026-05-03T10:00:00Z';
const aCustomer = (follow?: string[], zone?: string) =>
  aProfile({
    sid: aSid(1),
    realm: 'customers',
    address: 'ada@customer.example',
    ...(zone && { zone }),
    streams: {
      'customer-notices': {
        on: true,
        since,
        slots: [{ slot: 'default', at: since }],
        consent: { at: since, way: 'signup', text: 'v1' },
        ...(follow && { follow }),
      },
    },
  });

const mailTo = (profile: ReturnType<typeof aCustomer>, name: keyof typeof noticeSamples = 'notice, updated') =>
  readerMail(edition, renderNotice(noticeSamples[name]), profile, settings, { withheld: new Set(), issuedAt: 1_800_000_000 });

const got = (profile: ReturnType<typeof aCustomer>) => {
  const mail = mailTo(profile);
  if (typeof mail === 'string') throw new Error(mail);
  return mail;
};

it('is in the thread of its public id, and no bulk mail', () => {
  const { headers } = got(aCustomer());

  expect(headers).toContainEqual(['References', '<incident-k7p3wq9xzt@notices.example.com>']);
  expect(headers).toContainEqual(['List-Id', 'Incident notices <customer-notices.notices.example.com>']);
  expect(headers.map(([name]) => name)).not.toContain('Precedence');
  expect(headers.find(([name]) => name === 'List-Unsubscribe')?.[1]).toMatch(/^<https:\/\/lessons\.example\.com\/customers\/u\//);
});

it('leads to its public page without anything of its reader', () => {
  const { html, text } = got(aCustomer());

  for (const part of [html, text]) expect(part).toContain('https://lessons.example.com/customers/incidents/k7p3wq9xzt');
  expect(html + text).not.toMatch(/\/(view|r)\//);
});

it.each([
  [undefined, 'You get notices about all products because you asked for them on 3 May 2026.'],
  [['product:checkout'], 'You get notices about Checkout because you asked for them on 3 May 2026.'],
  [
    ['product:exports', 'product:checkout', 'product:other'],
    'You get notices about Exports and Checkout because you asked for them on 3 May 2026.',
  ],
])('says why it comes to a reader who chose %j', (follow, why) => {
  expect(got(aCustomer(follow)).text.replace(/\s+/g, ' ')).toContain(why);
});

it('comes to readers of its products, of those before, and to those who chose none', () => {
  expect(mailTo(aCustomer(['product:exports']))).toHaveProperty('subject');
  expect(mailTo(aCustomer([]))).toHaveProperty('subject');
  expect(mailTo(aCustomer(['product:billing']))).toBe('nothing chosen');
  expect(mailTo(aCustomer(['product:billing']), 'notice withdrawn')).toBe('nothing chosen');
});
