import { expect, it } from 'vitest';
import { judge } from '../../eval/external-score.ts';
import { contextsOfTexts, labelledTexts } from '../../eval/external-texts.ts';

/** Without the finder of secrets, which only adds to what is refused. */
const none = { find: async () => [] };
const contexts = contextsOfTexts();
const judged = await Promise.all(
  labelledTexts().flatMap((text) => {
    const context = contexts.get(text.file);
    return context === undefined ? [] : [judge(text, context, none)];
  }),
);
const half = (rest: number) => judged.filter(({ text }) => text.index % 2 === rest);

it('misses no leak of the half that rules may be built with, and refuses nothing harmless', () => {
  const wrong = half(1).filter(({ text, level }) => (text.isLeak ? level === 'pass' : level === 'refuse'));

  expect(wrong.map(({ text }) => text.name)).toEqual([]);
});

/** By number only: nobody is to see which ones. bench/RESULTS.md has the rates. */
it('is no worse on the other half than when it was last measured', () => {
  const [leaks, harmless] = [half(0).filter(({ text }) => text.isLeak), half(0).filter(({ text }) => !text.isLeak)];

  expect(leaks.filter(({ level }) => level === 'pass').length).toBeLessThanOrEqual(2);
  expect(harmless.filter(({ level }) => level === 'refuse').length).toBeLessThanOrEqual(1);
});
