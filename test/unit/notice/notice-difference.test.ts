import { expect, it } from 'vitest';
import { contentHash, type NoticeContent } from '../../../core/notice/notice-content.ts';
import { noticeDifference } from '../../../core/notice/notice-difference.ts';

const content: NoticeContent = {
  publicId: 'bcdfghjkmn',
  title: 'Checkout was unavailable',
  body: 'It failed.\n\nNobody was charged twice.',
  products: ['Checkout'],
  startedAt: '2026-11-19T11:52:00Z',
  resolvedAt: '2026-11-19T12:33:00Z',
  state: 'final',
};
const now = new Date('2026-11-23T10:00:00Z');
const difference = (before: NoticeContent | undefined, after: NoticeContent) => noticeDifference(before, after, now, 'Europe/Berlin');

it('is all of a first version, by its parts', () => {
  const { parts, same } = difference(undefined, content);
  expect(parts.map(({ part }) => part)).toEqual(['Subject', 'State', 'Times', 'Products', 'Text, paragraph 1', 'Text, paragraph 2']);
  expect(parts.flatMap(({ pieces }) => pieces).filter(({ kind }) => kind !== 'in')).toEqual([]);
  expect(same).toEqual([]);
});

it('tells the times as customers read them, with seconds where there are any', () => {
  const times = (change: Partial<NoticeContent> = {}) =>
    difference(undefined, { ...content, ...change }).parts.find(({ part }) => part === 'Times')?.pieces[0]?.text;
  expect(times({ startedAt: '2026-11-19T11:35:00Z', resolvedAt: '2026-11-19T12:33:00Z' })).toBe(
    '19 November 2026, 12:35 to 13:33, Berlin time (58 minutes)',
  );
  expect(times({ startedAt: '2026-11-19T11:35:07Z', resolvedAt: '2026-11-19T12:33:00Z' })).toMatch(/ \(2026-11-19T11:35:07Z\)$/);
});

it('is nothing where nothing differs', () => {
  expect(difference(content, content)).toEqual({ parts: [], same: ['Subject', 'State', 'Times', 'Products', 'Text'] });
});

it.each<[string, Partial<NoticeContent>, string[]]>([
  ['title', { title: 'Checkout was slow' }, ['Subject']],
  ['a line break', { body: 'It failed.\n\nNobody was\ncharged twice.' }, ['Text, paragraph 2']],
  ['an indentation', { body: 'It failed.\n\n    Nobody was charged twice.' }, ['Text']],
  ['change', { change: 'The times.' }, ['What changed']],
  ['products', { products: ['Cart', 'Checkout'] }, ['Products']],
  ['a minute', { startedAt: '2026-11-19T11:35:00Z' }, ['Times']],
  ['a second', { startedAt: '2026-11-19T11:52:09Z' }, ['Times']],
  ['no end', { resolvedAt: undefined }, ['State', 'Times']],
  ['state', { state: 'preliminary' }, ['State']],
])('shows whatever would be another content: %s', (_, change, parts) => {
  const after: NoticeContent = { ...content, ...change };
  expect(contentHash(after)).not.toBe(contentHash(content));
  expect(difference(content, after).parts.map(({ part }) => part)).toEqual(parts);
});
