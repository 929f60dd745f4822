import { type TakenBackInput, type ToldAgainInput, takenBackContent, toldAgainContent } from '../../../core/content/update-content.ts';
import type { UpdateToTell } from '../../../core/incident-update/update-to-tell.ts';
import { Postmortem, type PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { leadershipFacts, leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { checkout, sessions } from './postmortems.ts';
import { endless, rightToLeft } from './rough-postmortems.ts';

export const updateSettings = {
  organisation: { name: 'Northwind', zone: 'Europe/Berlin' },
  now: new Date('2026-11-19T16:05:00Z'),
};
export const first = { sentAt: '2026-11-19T13:02:11Z' };

/** The update that turns one account into another, as the flow makes it. */
export function updateInput(
  kind: UpdateToTell['kind'],
  before: Postmortem,
  now: Postmortem,
  more: Partial<ToldAgainInput> & { readonly sentAt?: string } = {},
): ToldAgainInput {
  const { sentAt = first.sentAt, ...rest } = more;
  const facts = leadershipFacts(leadershipRendition(before));
  const postmortem = leadershipRendition(now);
  return {
    ...updateSettings,
    postmortem,
    update: {
      kind,
      changes: kind === 'reinstated' ? [] : changesBetween(facts, leadershipFacts(postmortem)),
      isFinal: kind !== 'reinstated' && before.status === 'preliminary' && now.status === 'published',
      before: { facts, sentAt },
      first,
    },
    ...rest,
  };
}

export const changed = (pm: Postmortem, fields: Record<string, unknown>) => Postmortem.parse({ ...pm, ...fields });

/** What was known of the checkout's incident after ten minutes, and after an hour. */
export const atFirst = changed(checkout, {
  title: 'Checkout is down',
  status: 'preliminary',
  summary: 'Orders fail at the last step. The database answers slowly, and clients try again.',
  customerImpact: { ...checkout.customerImpact, customersAffected: 40_000, regions: ['EU'] },
  mitigatedAt: undefined,
  resolvedAt: undefined,
  rootCauses: [],
  support: undefined,
  actionItems: [],
});
export const mitigated = changed(atFirst, {
  mitigatedAt: checkout.mitigatedAt,
  customerImpact: { ...checkout.customerImpact, customersAffected: 98_000, regions: ['EU', 'UK'] },
  summary: 'Orders failed at the last step. A new index slowed the database, and each client tried again three times.',
});
export const final = changed(checkout, { title: atFirst.title });
export const small = changed(mitigated, {
  severity: 'sev3',
  customerImpact: { text: 'Some orders in one country had to be sent twice.', customersAffected: 310, regions: ['AT'] },
});
/** Nothing in it is as it was, and every text is as long as it may be. */
const rewritten = changed(checkout, {
  title: `${'Retries turned a slow database into 41 minutes without any checkout, '.repeat(2)}and more`,
  status: 'preliminary',
  summary: `${'A new index slowed writes to two seconds, and each client tried again. '.repeat(5)}Nobody saw the alarm.`,
  customerImpact: { text: 'No order could be paid. '.repeat(14), customersAffected: 1, regions: ['EU', 'UK', 'US', 'APAC', 'LATAM'] },
  rootCauses: ['Three layers each retried on their own. '.repeat(9)],
  support: { say: ['Payments are working again. '.repeat(10)] },
  startedAt: '2026-11-18T12:52:00Z',
  detectedAt: '2026-11-18T13:52:00Z',
  mitigatedAt: undefined,
  resolvedAt: '2026-11-19T15:50:00Z',
});

export const later = { sentAt: '2026-11-19T14:21:40Z' };
/** What says that an account was taken back. */
export const takenBack = (update: Partial<TakenBackInput['update']> = {}, more: Partial<TakenBackInput> = {}) =>
  takenBackContent({
    ...updateSettings,
    told: ['sev1'],
    update: { before: { facts: { severity: 'sev1' }, sentAt: first.sentAt }, first, ...update },
    ...more,
  });

/** An update of each kind for leaders, with good data and with hard data. */
export const updateSamples = {
  'alert update': toldAgainContent(updateInput('update', atFirst, mitigated, { firstSubject: 'Sev-1: Checkout is down' })),
  'alert, final account': toldAgainContent(updateInput('update', mitigated, final, later)),
  'alert update, all of it long': toldAgainContent(updateInput('update', checkout, rewritten, later)),
  'alert update, rough': toldAgainContent(
    updateInput('update', changed(rightToLeft, { severity: 'sev1', id: endless.id }), changed(endless, { title: endless.title }), later),
  ),
  'alert lowered': toldAgainContent(updateInput('lowered', mitigated, small, later)),
  'alert reinstated': toldAgainContent(updateInput('reinstated', mitigated, final, later)),
  'alert withdrawn': takenBack(),
  'alert merged': takenBack({ mergedInto: { id: sessions.id as PostmortemId, title: sessions.title } }),
};
