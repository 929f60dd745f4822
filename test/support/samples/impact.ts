import { weekBefore } from '../../../core/calendar/week.ts';
import { correctionsContent } from '../../../core/content/corrections-content.ts';
import { type ImpactInput, impactContent, impactTakenBackContent, notFeltContent } from '../../../core/content/impact-content.ts';
import { type ImpactWeekInput, impactWeekContent } from '../../../core/content/impact-week-content.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import type { UpdateToTell } from '../../../core/incident-update/update-to-tell.ts';
import type { Postmortem, PostmortemId } from '../../../core/postmortem/postmortem.ts';
import {
  type CrossFunctionalRendition,
  crossFunctionalFacts,
  crossFunctionalRendition,
} from '../../../core/rendition/cross-functional-rendition.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { certificate, checkout, invoices, sessions } from './postmortems.ts';
import { endless, rightToLeft } from './rough-postmortems.ts';
import { atFirst, changed, mitigated } from './updates.ts';

export const impactSettings = {
  organisation: { name: 'Northwind', zone: 'Europe/Berlin' },
  products: [{ name: 'Shop', services: ['checkout', 'payments', 'cart'] }],
  contact: '#incident-desk',
  now: new Date('2026-11-19T13:20:00Z'),
};

export const seenBySupport = (pm: Postmortem): CrossFunctionalRendition => {
  const rendition = crossFunctionalRendition(pm);
  if (!rendition) throw new Error(`${pm.id}: customers felt nothing`);
  return rendition;
};

/** What support knew after ten minutes, after an hour, and in the end. */
export const whileItLasts = changed(atFirst, {
  support: {
    say: ['Orders cannot be paid for at the moment. We are working on it.'],
    doNotSay: ['That cards were charged: no order reached the bank.'],
    doing: ['Retries are switched off, one client after the other.', 'The new index is taken back.'],
    workaround: 'The basket is kept. Customers can order again once payments work.',
    nextNewsAt: '2026-11-19T14:00:00Z',
  },
});
export const onceItIsOver = changed(mitigated, {
  support: {
    say: ['Payments are working again. Orders that failed were not charged; please order once more.'],
    doNotSay: ['That cards were charged: no order reached the bank.'],
    doing: ['The new index is taken back.'],
    nextNewsAt: '2026-11-20T09:00:00Z',
    contact: 'Ana Ferreira, 555-0123',
  },
});
const inTheEnd = changed(checkout, {
  support: { ...checkout.support, doNotSay: ['That cards were charged: no order reached the bank.'] },
});

const first = { sentAt: '2026-11-19T13:02:11Z' };

/** The update that turns one account into another, as the flow makes it. */
export function impactInput(
  kind: UpdateToTell['kind'],
  now: Postmortem,
  before?: Postmortem,
  more: Partial<ImpactInput> = {},
): ImpactInput {
  const postmortem = seenBySupport(now);
  const facts = before && crossFunctionalFacts(seenBySupport(before));
  return {
    ...impactSettings,
    postmortem,
    update: {
      kind,
      changes: facts && kind !== 'reinstated' ? changesBetween(facts, crossFunctionalFacts(postmortem)) : [],
      isFinal: before?.status === 'preliminary' && now.status === 'published',
      ...(facts && { before: { facts, sentAt: first.sentAt }, first }),
    },
    ...more,
  };
}

const told = { facts: crossFunctionalFacts(seenBySupport(whileItLasts)), sentAt: first.sentAt };
const hidden = { facts: { severity: 'sev1' }, sentAt: first.sentAt };

/** A mail of each kind about one incident, with good data and with hard data. */
export const impactSamples = {
  'impact at once': impactContent(impactInput('first', whileItLasts)),
  'impact, nothing to say yet': impactContent(impactInput('first', changed(whileItLasts, { support: undefined, regions: [] }))),
  'impact update': impactContent(impactInput('update', onceItIsOver, whileItLasts)),
  'impact, final account': impactContent(impactInput('update', inTheEnd, onceItIsOver, { now: new Date('2026-11-20T08:00:00Z') })),
  'impact, rough': impactContent(
    impactInput(
      'update',
      changed(endless, { customerImpact: { text: endless.title, externallyVisible: true } }),
      changed(rightToLeft, { id: endless.id, support: { say: ['An answer that is as long as it may be. '.repeat(8)] } }),
    ),
  ),
  'impact lowered': impactContent(impactInput('lowered', changed(onceItIsOver, { severity: 'sev4' }), whileItLasts)),
  'impact not felt': notFeltContent({
    ...impactSettings,
    id: checkout.id as PostmortemId,
    update: { kind: 'lowered', isFinal: false, changes: [], before: told, first },
  }),
  'impact reinstated': impactContent(impactInput('reinstated', onceItIsOver, whileItLasts)),
  'impact withdrawn': impactTakenBackContent({ ...impactSettings, update: { before: hidden } }),
  'impact merged': impactTakenBackContent({
    ...impactSettings,
    update: { before: hidden, mergedInto: { id: sessions.id as PostmortemId, title: sessions.title } },
  }),
};

const monday = new Date('2026-11-23T08:00:00Z');
const stillOpen = changed(sessions, {
  mitigatedAt: undefined,
  customerImpact: { text: 'Everybody was logged out, and some have to log in again and again.', externallyVisible: true },
  support: { say: ['Please log in again. We know that some of you have to do it often.'], nextNewsAt: '2026-11-24T11:00:00Z' },
});

export const impactWeekInput = {
  ...impactSettings,
  now: monday,
  week: weekBefore(monday, impactSettings.organisation.zone),
  fresh: [inTheEnd, stillOpen, invoices].map(seenBySupport),
  late: [changed(certificate, { customerImpact: { text: 'Nobody could log in for 55 minutes.' } })].map(seenBySupport),
} satisfies ImpactWeekInput;

export const impactWeekSamples = {
  'impact of a week': impactWeekContent(impactWeekInput),
  'impact of a week, some taken back': impactWeekContent({
    ...impactWeekInput,
    takenBack: ['2026-11-16T08:00:00Z', '2026-11-09T08:00:00Z', '2026-11-09T08:00:00Z'],
  }),
  'impact of a corrected week': impactWeekContent({
    ...impactWeekInput,
    fresh: [],
    late: [],
    takenBack: ['2026-11-16T08:00:00Z'],
    corrections: correctionsContent(
      [
        {
          postmortem: seenBySupport(changed(checkout, { severity: 'sev2' })),
          before: seenBySupport(checkout),
          isGone: true,
          changes: [],
          mayQuote: true,
          toldIn: { mail: 'the weekly summary', at: '2026-11-16T08:00:00Z' },
          changedAt: '2026-11-18T10:00:00Z',
        },
        {
          postmortem: seenBySupport(stillOpen),
          before: seenBySupport(stillOpen),
          changes: [{ fact: 'doNotSay', before: 'That cards were charged.' }],
          mayQuote: true,
          toldIn: { mail: 'the weekly summary', at: '2026-11-16T08:00:00Z' },
          changedAt: '2026-11-19T10:00:00Z',
        },
      ],
      [],
      { labels: severityLabels, zone: impactSettings.organisation.zone, now: monday },
    ),
  }),
  'impact of a quiet week': impactWeekContent({ ...impactWeekInput, fresh: [], late: [] }),
};
