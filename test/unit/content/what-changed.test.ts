import { describe, expect, it } from 'vitest';
import { besideEachOther, whatChanged } from '../../../core/content/what-changed.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import { type Change, factNames } from '../../../core/rendition/facts.ts';

const printing = { labels: severityLabels, zone: 'Europe/Berlin', now: new Date('2026-11-19T16:05:00Z') };
const changed = (changes: Change[], more: object = {}) => whatChanged({ ...printing, changes, ...more });

describe('what changed', () => {
  it('stands with the old value beside the new one, under the names of the mail', () => {
    const told = changed(
      [
        { fact: 'severity', before: 'sev1', after: 'sev2' },
        { fact: 'customersAffected', before: '120000', after: '98000' },
        { fact: 'impact', before: 'No order.', after: 'Few orders.' },
      ],
      { labels: { ...severityLabels, sev1: 'P0' }, titles: { impact: 'Who was affected' } },
    );
    expect(told?.rows).toEqual([
      { fact: 'Severity', before: 'P0', after: 'Sev-2' },
      { fact: 'Customers affected', before: '120,000', after: '98,000' },
      { fact: 'Who was affected', before: 'No order.', after: 'Few orders.' },
    ]);
  });

  it('says where an account is silent', () => {
    const told = changed([
      { fact: 'why', after: 'A certificate ran out.' },
      { fact: 'mitigatedAt', before: '2026-11-19T13:33:00Z' },
    ]);
    expect(told?.rows).toEqual([
      { fact: 'Why', before: 'Not given', after: 'A certificate ran out.', silent: 'before' },
      { fact: 'Mitigated', before: 'Thursday 19 November at 14:33, Berlin time', after: 'No longer given', silent: 'after' },
    ]);
  });

  it.each<[string | undefined, string | undefined, object | undefined]>([
    // What was announced for a time that has passed is news no more.
    ['2026-11-19T15:00:00Z', '2026-11-19T16:00:00Z', undefined],
    [undefined, '2026-11-19T16:00:00Z', undefined],
    ['2026-11-19T15:00:00Z', undefined, undefined],
    ['2026-11-19T17:00:00Z', '2026-11-19T05:00:00Z', { before: 'Thursday 19 November at 18:00, Berlin time', silent: 'after' }],
    [
      '2026-11-19T15:00:00Z',
      '2026-11-19T17:00:00Z',
      { before: 'Thursday 19 November at 16:00, Berlin time', after: 'Thursday 19 November at 18:00, Berlin time' },
    ],
  ])('announces the next news of %s, now %s, only while they are to come', (before, after, row) => {
    const told = changed([{ fact: 'nextNewsAt', ...(before && { before }), ...(after && { after }) }]);
    expect(told?.rows).toEqual(row && [expect.objectContaining({ fact: 'Next news', ...row })]);
  });

  it('counts what it does not show', () => {
    const all = factNames.slice(0, 10).map((fact) => ({ fact, before: '1', after: '2' }));
    expect(changed(all)).toMatchObject({ more: 'And two more changes.', rows: { length: 8 } });
    expect(changed(all.slice(0, 9))?.more).toBe('And one more change.');
    expect(changed(all.slice(0, 8))?.more).toBeUndefined();
  });

  it('names the mail before it if it is told which', () => {
    const one: Change[] = [{ fact: 'regions', before: 'EU', after: 'EU\nUK' }];
    expect(changed(one, { since: '2026-11-19T14:21:40Z' })?.intro).toBe('Since the mail of Thursday 19 November at 15:21, Berlin time.');
    expect(changed(one)?.intro).toBeUndefined();
  });

  it('is nothing where nothing changed', () => {
    expect(changed([])).toBeUndefined();
  });

  it('keeps strangers’ texts on one line, without characters that reorder it', () => {
    const told = changed([{ fact: 'why', before: 'a\nb\u202egnp.exe', after: 'c\td' }]);
    expect(told?.rows[0]).toMatchObject({ before: 'a. bgnp.exe.', after: 'c d' });
  });
});

describe('two texts beside each other', () => {
  const alike = 'The queue stood still for an hour and nobody saw it. '.repeat(6);

  it('stay whole where both are short', () => {
    expect(besideEachOther('One.', 'Two.', 160)).toEqual(['One.', 'Two.']);
  });

  it('begin where they begin if they differ there', () => {
    const [before, after] = besideEachOther(`Mondays ${alike}`, `Fridays ${alike}`, 160);
    expect(before).toMatch(/^Mondays The queue .*…$/);
    expect(after).toMatch(/^Fridays The queue .*…$/);
  });

  it('begin at a word shortly before their first difference if they begin alike', () => {
    const [before, after] = besideEachOther(`${alike}A disk was full.`, `${alike}A certificate ran out.`, 160);
    expect(before).toMatch(/^…\S.* saw it\. A disk was full\.$/);
    expect(after).toMatch(/^…\S.* saw it\. A certificate ran out\.$/);
    expect(` ${alike}`).toContain(` ${/^…(.*) A disk/.exec(before)?.[1]}`);
  });

  it('show the end of the shorter one where the other goes on', () => {
    const [before, after] = besideEachOther(alike.trim(), `${alike}It is mended.`, 160);
    expect(before).toMatch(/^….*saw it\.$/);
    expect(after).toMatch(/^….*saw it\. It is mended\.$/);
  });

  it.each([
    ['without blanks', 'x'.repeat(300)],
    ['of pictures', '🔥'.repeat(200)],
    ['of another script', 'تعطل نظام الدفع ولم يلاحظ أحد ذلك. '.repeat(12)],
  ])('of any kind fit and stay well formed: %s', (_, start) => {
    for (const text of besideEachOther(`${start}a${start}`, `${start}b${start}`, 160)) {
      expect(text.length).toBeLessThanOrEqual(160);
      expect(text.isWellFormed()).toBe(true);
    }
    const [before, after] = besideEachOther(`${start}a`, `${start}b`, 160);
    expect(before).not.toBe(after);
  });
});
