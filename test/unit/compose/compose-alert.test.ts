import { describe, expect, it } from 'vitest';
import { inEveryZone } from '../../../core/compose/in-zones.ts';
import { composeOneUpdate } from '../../../core/compose/update-composers.ts';
import { alertContent } from '../../../core/content/alert-content.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { UpdateToTell } from '../../../core/incident-update/update-to-tell.ts';
import { type EditionFragments, toldIn } from '../../../core/mail/fragments.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { leadershipFacts, leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { renderAlert } from '../../../emails/render-edition.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { aComposing } from '../../support/composing.ts';
import { anEdition, someFragments } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aReview, reviewsInMemory } from '../../support/reviews-in-memory.ts';
import { aMail } from '../../support/sample-mail.ts';
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

  const reviewed = aDistribution({ reviews: { reviewers: [{ address: 'vera@example.com', as: 'VP' }] } });
  const dueIn = async (kind: 'first' | 'update', file: typeof distribution, review?: ReturnType<typeof aReview>) => {
    const { deps } = aComposing();
    const update = { stream, incident: atFirst.id, n: 1, kind, isFinal: false, changes: [], first, stored: stored(atFirst) } as const;
    const { fragments } = await composeOneUpdate(update, file, {
      ...deps,
      renderAlert,
      renderUpdate,
      reviews: reviewsInMemory(...(review ? [review] : [])),
    });
    const { html, text } = aMail(fragments ?? someFragments());
    return [html, text].map((part) => /Its review is due on [^:]*/.exec(part.replace(/\s+/g, ' '))?.[0]);
  };

  it.each(['first', 'update'] as const)('says when its review is due: %s', async (kind) => {
    const said = 'Its review is due on Monday 23 November. Reviewers decide here, everybody else reads';
    expect(await dueIn(kind, reviewed, aReview({ postmortem: atFirst.id, revision: 2 }))).toEqual([said, said]);
  });

  it.each([
    ['is not written yet', undefined],
    [
      'still says that its severity is not reviewed',
      aReview({ postmortem: atFirst.id, state: 'closed', at: first.sentAt, why: 'not reviewed' }),
    ],
  ])('says when its review will be due while the row of it %s', async (_, review) => {
    const said = 'Its review is due on Monday 30 November. Reviewers decide here, everybody else reads';
    expect(await dueIn('first', reviewed, review)).toEqual([said, said]);
  });

  it.each([
    ['it is reviewed', reviewed, { state: 'reviewed', by: 's', as: 'VP', at: '2026-11-20T10:00:00Z', reviewed: 1, undecided: 0 }],
    ['its review is hidden', reviewed, { hidden: true }],
    ['nobody reviews any more', distribution, {}],
  ])('says nothing of a review where %s', async (_, file, change) => {
    expect(await dueIn('first', file, aReview({ postmortem: atFirst.id, revision: 2, ...change }))).toEqual([undefined, undefined]);
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
      subject: 'Taken back: the P0 sent on 19 November, 14:02 Berlin',
    });
    expect(JSON.stringify(update.fragments)).not.toContain('Checkout');
  });
});

describe('a mail about one incident in other zones', () => {
  const inZones = async (update: Partial<UpdateToTell>, zones: readonly string[]) => {
    const { deps } = aComposing();
    const whole = { stream, incident: atFirst.id, n: 1, kind: 'first', isFinal: false, changes: [], first, ...update } as const;
    const reads: string[] = [];
    const renditions: typeof deps.renditions = (...args) => {
      reads.push(args[0]);
      return deps.renditions(...args);
    };
    const { fragments } = await composeOneUpdate(whole, distribution, {
      ...deps,
      renditions,
      renderAlert,
      renderUpdate,
      zones: async () => zones,
    });
    return { fragments: fragments ?? expect.fail('nothing is told'), reads };
  };
  const mailIn = (fragments: EditionFragments, zone?: string) => aMail(toldIn(fragments, zone));

  it('is told in each zone that readers gave, with its name, and read once', async () => {
    const { fragments, reads } = await inZones({ stored: stored(mitigated) }, ['Asia/Tokyo', 'America/New_York']);

    expect(Object.keys(fragments.zones ?? {})).toEqual(['Asia/Tokyo', 'America/New_York']);
    expect(reads).toHaveLength(1);
    const [berlin, tokyo] = [mailIn(fragments), mailIn(fragments, 'Asia/Tokyo')];
    expect([berlin.text, berlin.html].map((part) => /13:52 to 14:33\s+Berlin\s+time/.test(part))).toEqual([true, true]);
    expect([tokyo.text, tokyo.html].map((part) => /21:52 to 22:33\s+Tokyo\s+time/.test(part))).toEqual([true, true]);
    expect(tokyo.text + tokyo.html).not.toContain('Berlin');
    expect(mailIn(fragments, 'America/New_York').text).toMatch(/07:52 to 08:33\s+New York\s+time/);
    expect(
      Math.max(
        ...tokyo.text
          .split('\n')
          .filter((line) => !line.includes('://'))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(76);
  });

  it('needs no text of its own for the organisation’s zone, or where it would be the same', async () => {
    expect((await inZones({ stored: stored(mitigated) }, ['Europe/Berlin'])).fragments.zones).toBeUndefined();
  });

  it('names the zone in the subject of what was taken back, too', async () => {
    const { fragments } = await inZones({ kind: 'withdrawn', n: 3 }, ['Asia/Tokyo']);
    expect(mailIn(fragments, 'Asia/Tokyo').subject).toBe('Taken back: the alert sent on 19 November, 22:02 Tokyo');
  });

  it('has at most sixty', async () => {
    const zones = Array.from({ length: 70 }, (_, n) => `Etc/GMT+${n}`);
    const told = someFragments();
    const fragments = await inEveryZone((organisation) => ({ ...told, subject: organisation.zone }), distribution.organisation, {
      zones: async () => zones,
    });
    expect(Object.keys(fragments.zones ?? {})).toHaveLength(60);
  });
});
