import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, judgeView, noViews, type PageView, type PageViews, readerIn, withView } from '../../../core/feedback/page-views.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36';
const sentAt = Date.parse('2026-11-23T08:00:00Z') / 1000;
const seen = (change: Partial<PageView> = {}): PageView => ({ page: 'pm-1', isTrap: false, userAgent: browser, sentAt, ...change });
const minutesLater = (minutes: number) => new Date((sentAt + minutes * 60) * 1000).toISOString();
const looked = (looks: readonly (readonly [minutes: number, change?: Partial<PageView>])[]): PageViews =>
  looks.reduce((sum, [minutes, change]) => withView(sum, seen(change), minutesLater(minutes)), noViews);

describe('a look at a page', () => {
  it.each([
    ['of a browser, later', 10, {}, 'likely human'],
    ['of a browser, as the mail arrives', 0.1, {}, 'machine'],
    ['of a browser, within the first minute', 0.6, {}, 'unknown'],
    ['of a scanner', 10, { userAgent: 'python-requests/2.32' }, 'machine'],
    ['of something that does not say what it is', 10, { userAgent: '' }, 'unknown'],
    ['at what nobody sees', 10, { isTrap: true }, 'machine'],
  ] as const)('%s', (_, minutes, change, label) => {
    expect(readerIn(looked([[minutes, change]]))).toBe(label);
  });

  it('of a person outweighs those of machines before it', () => {
    expect(readerIn(looked([[0.1], [0.6], [600]]))).toBe('likely human');
  });

  it('at five pages within a minute is a machine’s, and so is every other with this mail', () => {
    const pages = ['a', 'b', 'c', 'd', 'e'].map((page, n) => [10 + n / 10, { page }] as const);

    expect(readerIn(looked(pages))).toBe('machine');
    expect(readerIn(looked([...pages, [600]]))).toBe('machine');
    expect(readerIn(looked(pages.slice(0, 4)))).toBe('likely human');
  });

  it('at five pages in a quarter of an hour is a reader’s', () => {
    expect(readerIn(looked(['a', 'b', 'c', 'd', 'e'].map((page, n) => [10 + 3 * n, { page }] as const)))).toBe('likely human');
  });

  it('at one page again and again is no burst', () => {
    expect(readerIn(looked(Array.from({ length: 20 }, (_, n) => [10 + n / 60] as const)))).toBe('likely human');
  });
});

describe('one more view', () => {
  const pages = (all: readonly string[]) => looked(all.map((page, n) => [10 + n / 10, { page }] as const));

  it('is a person’s or is not, whatever was there before', () => {
    expect(judgeView(noViews, seen(), minutesLater(10))).toMatchObject({ isPersons: true, robots: [] });
    expect(judgeView(noViews, seen(), minutesLater(0.6))).toMatchObject({ isPersons: false, robots: [] });
    expect(judgeView(looked([[10]]), seen({ userAgent: 'python-requests/2.32' }), minutesLater(11)).isPersons).toBe(false);
  });

  it('that shows a robot names the pages of the last minute once', () => {
    const fourth = pages(['a', 'b', 'c', 'd']);
    const fifth = judgeView(fourth, seen({ page: 'e' }), minutesLater(10.5));
    expect(fifth).toMatchObject({ isPersons: false, robots: ['a', 'b', 'c', 'd', 'e'] });
    expect(judgeView(fifth.looks, seen({ page: 'f' }), minutesLater(10.6))).toMatchObject({ isPersons: false, robots: [] });
    expect(judgeView(fourth, seen({ page: '_', isTrap: true }), minutesLater(11.25)).robots).toEqual(['d', '_']);
  });
});

it('never keeps more than the pages of a minute, nor anything of how it looked', () => {
  const looks = fc.array(fc.record({ minutes: fc.double({ min: 0, max: 500, noNaN: true }), page: fc.string(), userAgent: fc.string() }));
  fc.assert(
    fc.property(looks, (all) => {
      const kept = looked(all.toSorted((a, b) => a.minutes - b.minutes).map(({ minutes, ...change }) => [minutes, change]));
      expect(Object.keys(kept.lately).length).toBeLessThan(5);
      expect(['first', 'isRobot', 'lately', 'robotAt']).toEqual(expect.arrayContaining(Object.keys(kept)));
    }),
    tries(2),
  );
});

describe('what is known of a mail', () => {
  const trapped = looked([[10, { isTrap: true }]]);
  const open = (kind: string, minutes: number) => [kind, minutesLater(minutes)] as const;

  it('takes an open for a scanner’s within a minute before or after it was found out', () => {
    for (const minutes of [9, 10, 11])
      expect(evidenceOf([open('humanOpen', minutes)], trapped)).toMatchObject({ machineOpen: expect.any(String) });
    for (const minutes of [9, 10, 11]) expect(evidenceOf([open('humanOpen', minutes)], trapped)).not.toHaveProperty('humanOpen');
  });

  it('believes an open at another time, and one of a mail whose pages no scanner looked at', () => {
    expect(evidenceOf([open('humanOpen', 8.9)], trapped)).toMatchObject({ humanOpen: minutesLater(8.9) });
    expect(evidenceOf([open('humanOpen', 11.1)], trapped)).toMatchObject({ humanOpen: minutesLater(11.1) });
    expect(evidenceOf([open('humanOpen', 10)], looked([[10]]))).toMatchObject({ humanOpen: minutesLater(10) });
  });

  it('leaves what is no open as it was told', () => {
    expect(evidenceOf([open('delivered', 10)], trapped)).toMatchObject({ delivered: minutesLater(10) });
  });

  it('counts a look at a page as an open', () => {
    expect(evidenceOf([], looked([[10]]))).toEqual({ accepted: minutesLater(10), humanOpen: minutesLater(10) });
  });

  it('passes over kinds of another release, and knows nothing where nothing came', () => {
    expect(evidenceOf([open('forwarded', 10)], noViews)).toBeUndefined();
    expect(evidenceOf([], noViews)).toBeUndefined();
  });
});
