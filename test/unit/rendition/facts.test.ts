import { describe, expect, it } from 'vitest';
import { factGroupNames, factGroups, factsOfGroups } from '../../../core/rendition/fact-groups.ts';
import { changesBetween, type FactName, factNames, factsFrom, printFact, StoredFacts } from '../../../core/rendition/facts.ts';
import { factsOf, renditions } from '../../../core/rendition/renditions.ts';
import { aPostmortem } from '../../support/rendition.ts';

const pm = aPostmortem({
  title: 'Checkout down',
  severity: 'sev1',
  status: 'preliminary',
  startedAt: '2026-11-17T12:52:00Z',
  mitigatedAt: '2026-11-17',
  summary: 'The cart **broke**.',
  customerImpact: { text: 'Nobody could buy.', customersAffected: 120_000, regions: ['US', 'EU'] },
  rootCauses: ['A lock', 'A race'],
  support: { say: ['It works again'], doNotSay: ['The vendor'] },
});

describe('the facts of a postmortem', () => {
  it('are canonical, for engineering', () => {
    expect(factsOf('engineering', renditions.engineering.make(pm))).toEqual({
      title: 'Checkout down',
      severity: 'sev1',
      status: 'preliminary',
      customersAffected: '120000',
      regions: 'US\nEU',
      impact: 'Nobody could buy.',
      whatHappened: 'The cart broke.',
      why: 'A lock. A race.',
      startedAt: '2026-11-17T12:52:00Z',
      mitigatedAt: '2026-11-17',
    });
  });

  it('have what leaders may see', () => {
    expect(factsOf('leadership', renditions.leadership.make(pm))).toMatchObject({
      customersTold: 'It works again.',
      why: 'A lock. A race.',
    });
  });

  it('say nothing where the document says nothing', () => {
    expect(factsFrom({ title: 'x', impact: '  ', regions: [], why: undefined, customersAffected: 0 })).toEqual({
      title: 'x',
      customersAffected: '0',
    });
  });

  it('are read from a row of a later release', () => {
    expect(StoredFacts.parse({ title: 'x', mood: 'bad', customersAffected: 7 })).toEqual({ title: 'x' });
  });
});

describe('the changes between two revisions', () => {
  it('come in the order of the facts, with what is new and what is gone', () => {
    expect(changesBetween({ why: 'A lock', title: 'One', impact: 'Slow' }, { title: 'Two', impact: 'Slow', severity: 'sev2' })).toEqual([
      { fact: 'title', before: 'One', after: 'Two' },
      { fact: 'severity', after: 'sev2' },
      { fact: 'why', before: 'A lock' },
    ]);
  });

  const same: [FactName, string, string][] = [
    ['why', 'A lock, held  too long', 'a Lock held too long.'],
    ['say', 'It works.\nTry again', 'It works\nTry again!'],
    ['regions', 'EU\nUS', 'us\neu'],
  ];
  it.each(same)('do not count the spelling of %s: %j, %j', (fact, before, after) => {
    expect(changesBetween({ [fact]: before }, { [fact]: after })).toEqual([]);
  });

  const other: [FactName, string, string][] = [
    ['impact', '1.5 seconds', '15 seconds'],
    ['impact', 'It lost 5 % of orders', 'It lost 5 of orders'],
    ['impact', 'A balance of -5', 'A balance of 5'],
    ['say', 'EU\nUS', 'US\nEU'],
    ['title', 'C# client', 'C client'],
    ['startedAt', '2026-11-17T12:52:00Z', '2026-11-17T12:53:00Z'],
    ['startedAt', '2026-11-17', '2026-11-17T00:00:00Z'],
  ];
  it.each(other)('count what means something else in %s: %j, %j', (fact, before, after) => {
    expect(changesBetween({ [fact]: before }, { [fact]: after })).toEqual([{ fact, before, after }]);
  });
});

describe('a printed fact', () => {
  const labels = { sev1: 'P0', sev2: 'P1', sev3: 'P2', sev4: 'P3', unclassified: 'Unclassified' };
  const printed = (name: FactName, value: string) =>
    printFact(name, value, { labels, zone: 'Europe/Berlin', now: new Date('2026-11-30T12:00:00Z') });

  const rows: [FactName, string, string][] = [
    ['severity', 'sev1', 'P0'],
    ['severity', 'sev0', 'Unclassified'],
    ['status', 'published', 'final'],
    ['status', 'preliminary', 'preliminary'],
    ['customersAffected', '120000', '120,000'],
    ['regions', 'EU\nUS', 'EU, US'],
    ['say', 'It works again\nSorry!', 'It works again. Sorry!'],
    ['title', 'Checkout down', 'Checkout down'],
    ['startedAt', '2026-11-17T12:52:00Z', 'Tuesday 17 November at 13:52, Berlin time'],
    ['mitigatedAt', '2026-11-17', 'Tuesday 17 November'],
    ['nextNewsAt', '2026-12-01T15:00:00Z', 'Tuesday 1 December at 16:00, Berlin time'],
  ];
  it.each(rows)('%s %j reads %j', (name, value, text) => {
    expect(printed(name, value)).toBe(text);
  });
});

describe('the groups of facts', () => {
  it('always include whether the account is final', () => {
    expect([...factsOfGroups([])]).toEqual(['status']);
    expect([...factsOfGroups(['cause', 'severity'])]).toEqual(['status', 'why', 'severity']);
  });

  it('are all named, and share no fact', () => {
    const grouped = Object.values(factGroups).flat();

    expect(factGroupNames.toSorted()).toEqual(Object.keys(factGroups).toSorted());
    expect(new Set(grouped).size).toBe(grouped.length);
    expect(factNames.filter((name) => !grouped.some((one) => one === name))).toEqual(['title', 'status', 'doing', 'nextNewsAt', 'contact']);
  });
});
