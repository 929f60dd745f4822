import { describe, expect, it } from 'vitest';
import { composeOneUpdate } from '../../../core/compose/update-composers.ts';
import { alertContent } from '../../../core/content/alert-content.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { UpdateToTell } from '../../../core/incident-update/update-to-tell.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { leadershipFacts, leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { renderAlert } from '../../../emails/render-edition.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { aComposing } from '../../support/composing.ts';
import { anEdition } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { atFirst, first, mitigated, small } from '../../support/samples/updates.ts';

const distribution = aDistribution({ severities: { sev1: { label: 'P0' }, sev3: { label: 'P2' } } });
const stream = 'sev1-alerts';
const stored = (postmortem: Postmortem) => ({
  postmortem,
  revision: 2,
  hash: 'h',
  updatedAt: '2026-11-19T14:00:00Z',
  owed: [],
  editions: [],
  namedIn: [],
});

/** Composes an update from the first account, as `n`, after a first mail with this subject. */
async function composed(update: Partial<UpdateToTell>, firstSubject?: string) {
  const { deps, editions } = aComposing();
  if (firstSubject !== undefined) editions.set(`${stream}_${atFirst.id}_r1`, anEdition({ subject: firstSubject }));
  const before = { facts: leadershipFacts(leadershipRendition(atFirst)), sentAt: first.sentAt };
  const whole = { stream, incident: atFirst.id, n: 2, kind: 'update', isFinal: false, changes: [], before, first, ...update } as const;
  return composeOneUpdate(whole, distribution, { ...deps, renderAlert, renderUpdate });
}
const factsOf = (postmortem: Postmortem) => leadershipFacts(leadershipRendition(postmortem));

describe('a mail about one incident for leaders', () => {
  it('is first the alert', async () => {
    const { deps } = aComposing();
    const alert = await composed({ kind: 'first', n: 1, stored: stored(atFirst) });
    const postmortem = leadershipRendition(atFirst);
    const { organisation } = distribution;
    expect(alert.fragments).toEqual(
      renderAlert(alertContent({ organisation, labels: labelsOf(distribution), postmortem, mandatory: false, now: deps.now() })),
    );
    expect(alert).toMatchObject({ id: 'sev1-alerts_retries-and-a-slow-database_r1', alertsOf: 'P0' });
  });

  it('then tells what changed, and carries the revision that it tells', async () => {
    const changes = changesBetween(factsOf(atFirst), factsOf(mitigated));
    const update = await composed({ stored: stored(mitigated), changes });
    expect(update).toMatchObject({
      id: 'sev1-alerts_retries-and-a-slow-database_r2',
      incident: mitigated.id,
      carried: [{ revision: 2 }],
      subject: 'P0 update: Checkout is down: mitigated after 41 minutes, 98,000 customers affected',
    });
    expect(update.fragments?.subject).toBe(update.subject);
    expect(JSON.stringify(update.fragments?.blocks)).toContain('What changed');
  });

  it('answers the first mail while its subject holds', async () => {
    const update = await composed({ stored: stored(mitigated) }, 'P0: Checkout is down');
    expect(update.subject).toBe('Re: P0: Checkout is down');
  });

  it('says with the company’s labels that the incident is less severe', async () => {
    const update = await composed({ kind: 'lowered', stored: stored(small) });
    expect(update.subject).toBe('Now P2: Checkout is down');
  });

  it('says that it was taken back, and carries nothing', async () => {
    const update = await composed({ kind: 'withdrawn', n: 3 });
    expect(update).toMatchObject({
      id: 'sev1-alerts_retries-and-a-slow-database_r3',
      incident: atFirst.id,
      carried: [],
      subject: 'Taken back: the P0 sent on 19 November, 14:02',
    });
    expect(JSON.stringify(update.fragments)).not.toContain('Checkout');
  });
});
