import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleMail, htmlBudget } from '../../../core/mail/assemble.ts';
import type { ReaderChoices } from '../../../core/mail/card-forms.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import { aDigest, order, type Told } from '../../support/digest.ts';
import { aReader } from '../../support/fragments.ts';
import { tries } from '../../support/hostile/fuzz.ts';

describe('a mail of any wishes', () => {
  const topics = ['service:a', 'service:b', 'team:c', 'tech:d', 'tech:e'];
  const someTopics = fc.subarray(topics);
  const told = fc.array(
    fc.record({
      severity: fc.constantFrom(...severities),
      topics: someTopics,
      section: fc.constantFrom('fresh' as const, 'late' as const),
      size: fc.constantFrom([0.5, 0.1], [4, 0.3], [20, 1], [60, 9]),
      teams: fc.subarray(['team:x', 'team:y']),
    }),
    { maxLength: 40, size: 'max' },
  );
  const wishes = fc.record({ follow: someTopics, leaveOut: someTopics, least: fc.constantFrom(...severities) }, { requiredKeys: [] });
  const each = (check: (edition: EditionFragments, all: readonly Told[], wished: ReaderChoices, withheld: ReadonlySet<string>) => void) =>
    fc.assert(
      fc.property(told, wishes, fc.infiniteStream(fc.boolean()), (some, wished, coins) => {
        const all = some.map((one, n): Told => ({ ...one, id: `p${n}` }));
        const withheld = new Set(all.filter(() => coins.next().value && coins.next().value).map(({ id }) => id));
        check(aDigest(all), all, wished, withheld);
      }),
      tries(),
    );
  const isLeftOut = ({ severity = 'sev3', topics: about = [] }: Told, { leaveOut = [], least }: ReaderChoices) =>
    severity !== 'sev1' &&
    (about.some((topic) => leaveOut.includes(topic)) ||
      (least !== undefined && severity !== 'unclassified' && severities.indexOf(severity) > severities.indexOf(least)));

  it('keeps the budget, has nothing that was left out or withheld and everything else once, what is followed first', () => {
    each((edition, all, wished, withheld) => {
      const mail = assembleMail(edition, { ...aReader(), team: 'team:x', wishes: wished, withheld });
      const wanted = all.filter((one) => !withheld.has(one.id) && !isLeftOut(one, wished));
      if (typeof mail === 'string') {
        expect(wanted).toEqual([]);
        return;
      }
      expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(htmlBudget);
      const shown = order(mail).flatMap((line) => /^(?:card|line) (p\d+)$/.exec(line)?.[1] ?? []);
      expect(shown.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
      const inHtml = [...mail.html.matchAll(/<(?:card|line) (p\d+)>/g)].map(([, id]) => id);
      expect(inHtml.filter((id) => !wanted.some((one) => one.id === id))).toEqual([]);
      const first = order(mail).flatMap((line, n, lines) =>
        /^you (?:follow|run) /.test(line) ? (lines[n + 1]?.slice('card '.length) ?? '') : [],
      );
      expect(shown.slice(0, first.length)).toEqual(first);
      const forTeam = all.filter(({ teams = [] }) => teams.includes('team:x')).slice(0, 3);
      const isFirst = (one: Told) => forTeam.includes(one) || (one.topics ?? []).some((topic) => wished.follow?.includes(topic));
      expect(first.every((id) => wanted.some((one) => one.id === id && isFirst(one)))).toBe(true);
      const cutShort = wanted.filter((one) => isFirst(one) && !first.includes(one.id));
      if (!mail.text.includes('cut.')) expect(cutShort).toEqual([]);
    });
  });

  it('is made again, byte for byte, from its signs, whatever its reader wishes by then', () => {
    each((edition, _all, wished, withheld) => {
      const mail = assembleMail(edition, { ...aReader(), team: 'team:y', wishes: wished, withheld });
      if (typeof mail === 'string') return;
      const anew = { ...aReader(), withheld, cards: mail.cards, wishes: { leaveOut: topics } };
      expect(assembleMail(edition, anew)).toEqual(mail);
    });
  });
});
