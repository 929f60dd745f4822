import { describe, expect, it } from 'vitest';
import {
  type ImpactInput,
  impactContent,
  impactParts,
  impactTakenBackContent,
  internalBanner,
  notFeltContent,
} from '../../../core/content/impact-content.ts';
import type { Postmortem, PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { impactInput, impactSamples, impactSettings, onceItIsOver, seenBySupport, whileItLasts } from '../../support/samples/impact.ts';
import { changed } from '../../support/samples/updates.ts';

const first = (pm: Postmortem, more: Partial<ImpactInput> = {}) => impactContent(impactInput('first', pm, undefined, more));
const partOf = (pm: Postmortem, label: string, more: Partial<ImpactInput> = {}) =>
  first(pm, more).parts.find((part) => part.label === label)?.texts;
const withSupport = (support: object) => changed(whileItLasts, { support: { ...whileItLasts.support, ...support } });

it('tells what a customer asks, in the order in which they ask it', () => {
  const { parts } = impactSamples['impact at once'];

  expect(parts.map(({ label }) => label)).toEqual([
    'What customers saw',
    'When',
    'Who is affected',
    'Say',
    'Do not say',
    'Workaround',
    'What we are doing',
    'Next news',
    'Whom to ask',
  ]);
});

it.each(Object.entries(impactSamples))('%s begins with the warning, in the preheader too', (_, { banner, preheader }) => {
  expect(banner).toBe('Internal: do not forward. Tell customers only what stands under Say.');
  expect(preheader.startsWith(banner)).toBe(true);
});

describe('a part', () => {
  it('says nothing where the document does not, but for what may be said and whom to ask', () => {
    const bare = changed(whileItLasts, {
      startedAt: undefined,
      services: [],
      support: undefined,
      customerImpact: { externallyVisible: true },
    });

    expect(first(bare).parts).toEqual([
      { label: 'Say', texts: ['Nothing has been approved to say yet. Ask #incident-desk.'] },
      { label: 'Whom to ask', texts: ['#incident-desk'] },
    ]);
  });

  it('names the contact of the document before that of the stream, in both places', () => {
    const pm = changed(whileItLasts, { support: { contact: 'Ana, 555-0123' } });

    expect(partOf(pm, 'Whom to ask')).toEqual(['Ana, 555-0123']);
    expect(partOf(pm, 'Say')).toEqual(['Nothing has been approved to say yet. Ask Ana, 555-0123.']);
  });

  it.each([
    [{}, 'Since Thursday 19 November at 13:52, Berlin time. No end is given yet.'],
    [{ mitigatedAt: '2026-11-19T13:33:00Z' }, 'Thursday 19 November, 13:52 to 14:33 Berlin time, 41 minutes.'],
    [{ mitigatedAt: '2026-11-20T13:33:00Z' }, 'Thursday 19 November, 13:52 to Friday 20 November, 14:33 Berlin time, 24 hours 41 minutes.'],
    [{ startedAt: '2026-11-19', mitigatedAt: '2026-11-20' }, 'Thursday 19 November to Friday 20 November.'],
    [{ startedAt: '2026-11-19', resolvedAt: '2026-11-19' }, 'Thursday 19 November.'],
    [{ startedAt: undefined, resolvedAt: '2026-11-19T13:50:00Z' }, 'Over since Thursday 19 November at 14:50, Berlin time.'],
    [{ startedAt: undefined }, undefined],
  ])('tells when: %j', (times, told) => {
    expect(partOf(changed(whileItLasts, times), 'When')?.[0]).toBe(told);
  });

  it.each([
    [{ customersAffected: 1, regions: [] }, [], '1 customer.'],
    [{ customersAffected: 12_000, regions: ['EU', 'UK'] }, [], '12,000 customers in EU and UK.'],
    [{ customersAffected: 12_000, regions: ['worldwide'] }, [], '12,000 customers worldwide.'],
    [{ regions: ['EU'] }, ['payments', 'ledger'], 'Customers in EU. Product: Shop (payments). Other service: ledger.'],
    [{}, ['Shop'], 'Service: Shop.'],
    [{}, ['cart', 'web', 'ledger'], 'Product: Shop (cart). Other services: web, ledger.'],
  ])('tells who, with the products of the file: %j %j', (customerImpact, services, told) => {
    expect(
      partOf(changed(whileItLasts, { customerImpact: { ...customerImpact, externallyVisible: true }, services }), 'Who is affected'),
    ).toEqual([told]);
  });

  it.each([
    [whileItLasts, 'Who is affected'],
    [onceItIsOver, 'Who was affected'],
    [changed(whileItLasts, { startedAt: undefined, detectedAt: undefined }), 'Who was affected'],
  ])('tells of now or of then: %#', (pm, label) => {
    expect(impactContent(impactInput('first', pm)).parts.map((part) => part.label)).toContain(label);
  });

  it('calls a product by its name alone if its service is called so too', () => {
    const products = [{ name: 'Search', services: ['search'] }];
    const pm = changed(whileItLasts, { services: ['search'], customerImpact: { externallyVisible: true } });

    expect(partOf(pm, 'Who is affected', { products })).toEqual(['Product: Search.']);
  });

  it.each([
    ['2026-11-19T14:00:00Z', 'Thursday 19 November at 15:00, Berlin time.'],
    ['2026-11-19T13:20:00Z', undefined],
    ['2026-11-19', 'Thursday 19 November.'],
    ['2026-11-18', undefined],
  ])('promises news only while they are to come: %s', (nextNewsAt, told) => {
    expect(partOf(withSupport({ nextNewsAt }), 'Next news')?.[0]).toBe(told);
  });

  it('lists what is several, and says once what stands there twice', () => {
    expect(partOf(withSupport({ say: ['One.', 'Two.', 'One.'] }), 'Say')).toEqual(['One.', 'Two.']);
  });
});

describe('the subject', () => {
  const subject = (...args: Parameters<typeof impactInput>) => impactContent(impactInput(...args)).subject;

  it.each([
    ['Customer impact: Checkout is down, 40,000 customers affected', subject('first', whileItLasts)],
    [
      'Customer impact, update: Checkout is down, mitigated after 41 minutes, 98,000 customers affected',
      subject('update', onceItIsOver, whileItLasts),
    ],
    [
      'Customer impact, final account: Checkout is down, mitigated after 41 minutes, 98,000 customers affected',
      subject('update', changed(onceItIsOver, { status: 'published' }), onceItIsOver),
    ],
    ['Now Sev-4: Checkout is down', subject('lowered', changed(onceItIsOver, { severity: 'sev4' }), whileItLasts)],
    [
      'Customer impact stands again: Checkout is down, mitigated after 41 minutes, 98,000 customers affected',
      subject('reinstated', onceItIsOver, whileItLasts),
    ],
  ])('%s', (wanted, said) => {
    expect(said).toBe(wanted);
  });
});

describe('a later mail', () => {
  it('says which mail it replaces, and puts old beside new', () => {
    const { lead, changed: rows } = impactSamples['impact update'];

    expect(lead).toBe('This is an update. It replaces the mail of Thursday 19 November at 14:02, Berlin time.');
    expect(rows?.rows).toContainEqual({ fact: 'Customers affected', before: '40,000', after: '98,000' });
    expect(rows?.rows.at(-1)).toMatchObject({ fact: 'Mitigated', before: 'Not given', silent: 'before' });
  });

  it('shows nothing old where it may not be quoted', () => {
    const input = impactInput('update', onceItIsOver, whileItLasts);
    const told = impactContent({
      ...input,
      update: { ...input.update, changes: [], before: { facts: {}, sentAt: '2026-11-19T13:02:11Z' } },
    });

    expect(told.changed).toBeUndefined();
  });

  it('says that nobody felt it after all, and names it as the mail before did', () => {
    const { subject, parts, lead, severity } = impactSamples['impact not felt'];

    expect(subject).toBe('No customers affected after all: Checkout is down');
    expect(lead).toContain('The mail of Thursday 19 November at 14:02, Berlin time, no longer holds');
    expect(parts.map(({ label }) => label)).toEqual(['Say', 'Whom to ask']);
    expect(severity).toBeUndefined();
  });

  it('does not name it where the old title may not be quoted', () => {
    const update = { kind: 'lowered', isFinal: false, changes: [], before: { facts: {}, sentAt: '2026-11-19T13:02:11Z' } } as const;

    expect(notFeltContent({ ...impactSettings, id: 'a' as PostmortemId, update })).toMatchObject({
      subject: 'No customers affected after all',
      headline: 'No customers affected after all.',
    });
  });

  it('takes an account back without a word of it', () => {
    const told = impactTakenBackContent({
      ...impactSettings,
      update: { before: { facts: { title: 'Checkout is down', severity: 'sev1' }, sentAt: '2026-11-19T13:02:11Z' } },
    });

    expect(told.subject).toBe('Taken back: customer impact sent on 19 November, 14:02 Berlin');
    expect(JSON.stringify(told)).not.toMatch(/checkout/i);
    expect(told.preheader).toBe(`${internalBanner} Do not use what that mail said.`);
  });
});

it('shows of a document nothing that support may not see', () => {
  const parts = impactParts(
    seenBySupport(changed(whileItLasts, { summary: 'SECRET', rootCauses: ['SECRET'], authors: ['SECRET'] })),
    impactSettings,
  );

  expect(JSON.stringify(parts)).not.toContain('SECRET');
});
