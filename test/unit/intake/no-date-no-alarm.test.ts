import { describe, expect, it } from 'vitest';
import type { PublicationAsked } from '../../../core/intake/publication.ts';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { refusal } from '../../support/reading.ts';

/** The alerts of this distribution file go out within 14 days. */
const distribution = aDistribution();
const now = new Date('2026-11-19T12:00:00Z');

/** A store of one postmortem in memory, at an instant that can be moved. */
function aProducer(file = distribution) {
  let current: StoredPostmortem | undefined;
  const clock = { now };
  const postmortems = {
    readCurrent: async () => current,
    putRevision: async () => {},
    async putCurrent(stored: StoredPostmortem) {
      current = stored;
      return true;
    },
    clearOwed: async () => {},
    noteMissed: async () => {},
  };
  const sends = async (fields: Record<string, unknown>, asked: PublicationAsked = {}, by?: string) => {
    const postmortem = aPostmortem({ severity: 'sev1', publishedAt: undefined, ...fields });
    const taken = await takePostmortem(
      { postmortem, sections: [], recognised: [], missing: [], warnings: [] },
      {
        postmortems,
        revisions: { note: async () => {} },
        distribution: file,
        now: () => clock.now,
        asked,
        ...(by !== undefined && { by }),
      },
    );
    return { ...taken, owed: taken.stored.owed.filter((task) => task !== 'projections'), publishedAt: taken.stored.postmortem.publishedAt };
  };
  /** As `compose` does once a mail is made. */
  const hasMailed = (...editions: string[]) => {
    if (current) current = { ...current, owed: [], editions };
  };
  const paid = () => hasMailed(...(current?.editions ?? []));
  return { sends, hasMailed, paid, clock };
}

const noDate = 'There is no date: it counts as published now; give `publishedAt`.';

describe('an incident that customers felt, without a date', () => {
  const streams = {
    'customer-impact': { schedule: { every: 'week', on: 'monday', at: '08:00' }, severities: ['sev1', 'sev2', 'sev3'], contact: '#desk' },
  };
  const felt = { severity: 'sev3', customerImpact: { regions: [], externallyVisible: true } };
  const silent =
    'No mail of customer-impact goes out at once: there is no date that says it is new. Give `publishedAt` or the start of the incident, and it goes out.';

  it.each<[string, object, object, string[]]>([
    ['is not told at once', {}, {}, [silent, noDate]],
    ['is told at once with a date', { startedAt: '2026-11-19T11:00:00Z' }, {}, []],
    ['is told to nobody if customers felt nothing', { customerImpact: { regions: [], customersAffected: 0 } }, {}, [noDate]],
    ['is told in the summary alone where nothing else is offered', {}, { frequencies: ['weekly'] }, [noDate]],
  ])('%s', async (_, fields, settings, warnings) => {
    const file = aDistribution({ streams: { 'customer-impact': { ...streams['customer-impact'], ...settings } } });

    expect((await aProducer(file).sends({ ...felt, ...fields })).warnings).toEqual(warnings);
  });
});

const both = ['alert', 'published'];

describe('a Sev-1 without a date of publication', () => {
  it('is stored without any date, counts as published now, and mails nobody', async () => {
    expect(await aProducer().sends({})).toMatchObject({
      publishedAt: '2026-11-19T12:00:00Z',
      owed: [],
      warnings: [
        'No alert goes out: there is no date that says it is new. Give `publishedAt` or the start of the incident, and it goes out.',
        noDate,
      ],
    });
  });

  it.each([
    ['began an hour ago', { startedAt: '2026-11-19T11:00:00Z' }],
    ['began today, at no known hour', { startedAt: '2026-11-19' }],
    ['began two weeks ago', { startedAt: '2026-11-05' }],
    ['ended lately, however long ago it began', { startedAt: '2026-08-01', resolvedAt: '2026-11-18' }],
    ['was only noticed lately', { detectedAt: '2026-11-18T10:00:00Z' }],
  ])('alerts where it %s', async (_, times) => {
    expect(await aProducer().sends(times)).toMatchObject({ owed: both, warnings: [] });
  });

  it('sends no mail if it is old, and says what would send it', async () => {
    const taken = await aProducer().sends({ startedAt: '2026-01-14', resolvedAt: '2026-01-19' });
    expect(taken).toMatchObject({
      publishedAt: '2026-11-19T12:00:00Z',
      owed: [],
      warnings: [
        'No alert goes out. It is old: its last date is 2026-01-19, more than 14 days ago. Give `publishedAt` if it is new, and it goes out.',
        'No publishedAt was given: it counts as published now and stands in the next digest, though it happened long ago.',
      ],
    });
  });

  it('of three weeks ago alerts nobody, but reaches who wants each as it is published', async () => {
    expect(await aProducer().sends({ startedAt: '2026-10-29' })).toMatchObject({ owed: ['published'] });
    expect((await aProducer().sends({ severity: 'sev3', startedAt: '2026-10-29' })).warnings).toEqual([]);
  });

  it('alerts when it is no draft any more: that is its publication', async () => {
    const producer = aProducer();
    await producer.sends({ status: 'draft' });
    expect(await producer.sends({})).toMatchObject({ owed: both, warnings: [] });
  });

  it('is told who waits for each, where no alert is due', async () => {
    expect((await aProducer().sends({ severity: 'sev3' })).warnings).toEqual([
      'No mail goes to the readers who want each postmortem as it is published: there is no date that says it is new. Give `publishedAt` or the start of the incident, and it goes out.',
      noDate,
    ]);
  });
});

describe('a date of publication', () => {
  it('alerts if it is recent, however old the incident is', async () => {
    const old = { startedAt: '2026-01-14', publishedAt: '2026-11-18T10:00:00Z' };
    expect(await aProducer().sends(old)).toMatchObject({ owed: both, warnings: [] });
    expect(await aProducer().sends({ startedAt: '2026-01-14' }, { publishedAt: '2026-11-18T00:00:00Z' })).toMatchObject({ owed: both });
  });

  it('beside the document is for one that gives none', async () => {
    const asked = { publishedAt: '2026-02-01T00:00:00Z' };
    expect(await aProducer().sends({}, asked)).toMatchObject({ publishedAt: '2026-02-01T00:00:00Z', owed: [] });
    expect(await aProducer().sends({ publishedAt: '2026-11-18T10:00:00Z' }, asked)).toMatchObject({ publishedAt: '2026-11-18T10:00:00Z' });
  });
});

describe('a second revision', () => {
  it('that brings the date alerts then, and later ones are looked at for an update', async () => {
    const producer = aProducer();
    await producer.sends({});
    producer.paid();
    const dated = await producer.sends({ startedAt: '2026-11-18' });
    expect(dated).toMatchObject({ outcome: 'changed', owed: both, warnings: [] });
    producer.hasMailed('sev1-alerts_pm-1_r1', 'engineering-digest_pm-1_r1');
    expect(await producer.sends({ startedAt: '2026-11-18', title: 'Renamed' })).toMatchObject({ owed: ['alert'] });
  });

  it('that repeats the date which we assumed says that it is right', async () => {
    const producer = aProducer();
    const { publishedAt } = await producer.sends({});
    producer.paid();
    expect(await producer.sends({ publishedAt })).toMatchObject({ outcome: 'changed', owed: both, warnings: [] });
    producer.hasMailed('sev1-alerts_pm-1_r1', 'engineering-digest_pm-1_r1');
    expect(await producer.sends({ publishedAt })).toMatchObject({ outcome: 'unchanged' });
  });

  it('without a date alerts nobody either, and is still told so', async () => {
    const producer = aProducer();
    await producer.sends({});
    expect(await producer.sends({})).toMatchObject({ outcome: 'unchanged', warnings: [expect.stringContaining('No alert'), noDate] });
    expect(await producer.sends({ title: 'Renamed' })).toMatchObject({ owed: [], publishedAt: '2026-11-19T12:00:00Z' });
  });

  it('keeps a date that was given once', async () => {
    const producer = aProducer();
    await producer.sends({ publishedAt: '2026-11-18T10:00:00Z' });
    producer.paid();
    expect(await producer.sends({ title: 'Renamed' })).toMatchObject({
      publishedAt: '2026-11-18T10:00:00Z',
      owed: ['alert'],
      warnings: [],
    });
  });

  it('is not mailed again to who waits for each, once a date follows months later', async () => {
    const producer = aProducer();
    await producer.sends({ severity: 'sev3', startedAt: '2026-11-18' });
    producer.hasMailed('engineering-digest_pm-1_r1');
    producer.clock.now = new Date('2027-06-01T00:00:00Z');
    await producer.sends({ severity: 'sev3', startedAt: '2026-11-18', title: 'Renamed' });
    producer.paid();
    expect(await producer.sends({ severity: 'sev3', publishedAt: '2027-05-31T00:00:00Z' })).toMatchObject({ owed: [] });
  });
});

describe('a part of an archive', () => {
  const history = { history: true };

  it('counts as published on the day of its incident, and mails nobody, however recent it is', async () => {
    expect(await aProducer().sends({ startedAt: '2026-01-14', resolvedAt: '2026-01-19' }, history)).toMatchObject({
      publishedAt: '2026-01-14T00:00:00Z',
      owed: [],
      warnings: [],
      stored: { publication: 'history' },
    });
    expect(await aProducer().sends({ startedAt: '2026-11-18T10:00:00Z' }, history)).toMatchObject({ owed: [], warnings: [] });
    expect(await aProducer().sends({ publishedAt: '2026-11-18T10:00:00Z' }, history)).toMatchObject({ owed: [] });
  });

  it('is refused without a date, unless one is given for all that have none', async () => {
    const undated = aProducer().sends({}, history);
    const error: unknown = await undated.catch((thrown: unknown) => thrown);
    expect(refusal(() => raise(error)).fields).toEqual(['publishedAt']);
    const asked = { ...history, publishedAt: '2020-01-01T00:00:00Z' };
    expect(await aProducer().sends({}, asked)).toMatchObject({ publishedAt: '2020-01-01T00:00:00Z', owed: [] });
    expect(await aProducer().sends({ startedAt: '2026-01-14' }, asked)).toMatchObject({ publishedAt: '2026-01-14T00:00:00Z' });
    await expect(aProducer().sends({ startedAt: '2027-01-14' }, history)).rejects.toThrow();
  });

  it('mends what came before as if it were new', async () => {
    const producer = aProducer();
    await producer.sends({ startedAt: '2026-01-14' });
    expect(await producer.sends({ startedAt: '2026-01-14' }, history)).toMatchObject({
      outcome: 'changed',
      publishedAt: '2026-01-14T00:00:00Z',
    });
  });

  it('stays history without the word, and is news once its producer says so', async () => {
    const producer = aProducer();
    await producer.sends({ startedAt: '2026-11-18' }, history);
    expect(await producer.sends({ startedAt: '2026-11-18' })).toMatchObject({ outcome: 'unchanged' });
    expect(await producer.sends({ startedAt: '2026-11-18', title: 'Renamed' })).toMatchObject({ owed: [] });
    expect(await producer.sends({ publishedAt: '2026-11-18T10:00:00Z' })).toMatchObject({ owed: ['alert'] });
  });
});

const raise = (error: unknown): never => {
  throw error;
};

it('warns of a revision that has neither the title nor the day of the one that it replaces', async () => {
  const producer = aProducer();
  const first = { title: 'Disk full', startedAt: '2026-11-02T10:00:00Z', publishedAt: '2026-11-18T10:00:00Z' };
  await producer.sends(first);
  producer.paid();
  expect((await producer.sends({ ...first, title: 'The disk was full' })).warnings).toEqual([]);
  expect((await producer.sends({ ...first, title: 'The disk was full', startedAt: '2026-11-01' })).warnings).toEqual([]);
  expect((await producer.sends({ ...first, title: 'Logins failed', startedAt: '2026-11-17' })).warnings).toEqual([
    'This replaces "The disk was full" which began on 2026-11-01. If yours is another incident, send it once more with an id of its own, and send theirs again.',
  ]);
});

it.each([
  ['pagerduty', []],
  ['slack:U1', []],
  ['key-of-payments', ['This replaces "Disk full" that somebody else sent.']],
])('asks whoever finishes a draft of %s whether it is theirs only if an author sent it', async (by, warned) => {
  const producer = aProducer(aDistribution({ connectors: { pagerduty: { severities: { P1: 'sev1' } } } }));
  await producer.sends({ title: 'Disk full', status: 'draft' }, {}, by);
  const { warnings } = await producer.sends({ title: 'Logins failed', publishedAt: '2026-11-18T10:00:00Z' }, {}, 'key-of-storefront');
  expect(warnings.filter((one) => one.startsWith('This replaces')).map((one) => one.replace(/ If yours.*/, ''))).toEqual(warned);
});
