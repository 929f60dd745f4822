import { type Correction, correctionsContent } from '../../../core/content/corrections-content.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { factsFor } from '../../../core/rendition/renditions.ts';
import { certificate, checkout, invoices, search, sessions } from './postmortems.ts';
import { rightToLeft } from './rough-postmortems.ts';

const printing = { labels: severityLabels, zone: 'Europe/Berlin', now: new Date('2026-11-30T08:00:00Z') };
const telling = { mayQuote: true, toldIn: { mail: 'the weekly digest', at: '2026-11-23T08:00:00Z' }, changedAt: '2026-11-24T10:00:00Z' };

/** What is told of a postmortem whose earlier text said other things. */
const corrected = (now: Postmortem, earlier: Partial<Postmortem>, change: Partial<Correction> = {}): Correction => {
  const before = { ...now, ...earlier };
  const changes = changesBetween(factsFor('engineering', before) ?? {}, factsFor('engineering', now) ?? {});
  return { ...telling, postmortem: now, before, changes, ...change };
};

const final = { ...checkout, status: 'published' } as const;

export const correctionsSample = correctionsContent(
  [
    corrected(final, {
      status: 'preliminary',
      severity: 'sev2',
      customerImpact: { text: 'No order could be paid for, in any country.', customersAffected: 90_000, regions: ['EU'] },
      rootCauses: [],
    }),
    corrected({ ...certificate, severity: 'sev2' }, { rootCauses: ['The job that renews certificates was switched off.'] }),
    corrected(sessions, { summary: 'Sentinel promoted a replica.' }, { mayQuote: false }),
    corrected({ ...search, status: 'published' }, { status: 'preliminary' }),
    corrected({ ...rightToLeft, severity: 'sev4' }, { severity: 'sev3', customerImpact: { customersAffected: 12, regions: [] } }),
  ],
  [invoices.id, 'another', 'one-more'],
  printing,
);
