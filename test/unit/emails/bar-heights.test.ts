import { describe, expect, it } from 'vitest';
import { barHeights } from '../../../emails/components/bar-heights.ts';

const aBar = (sev1: number, sev2: number, rest: number) => ({ sev1, sev2, rest });
const heightOf = (bar: readonly { height: number }[] | undefined) => bar?.reduce((sum, { height }) => sum + height, 0);

describe('the bars', () => {
  it('stand on what is gravest', () => {
    expect(barHeights([aBar(1, 2, 3)])[0]).toEqual([
      { shade: 'rest', height: 32 },
      { shade: 'sev2', height: 21 },
      { shade: 'sev1', height: 11 },
    ]);
  });

  it('do not make one incident look like a bad week', () => {
    expect(barHeights([aBar(0, 0, 1)]).map(heightOf)).toEqual([12]);
  });

  it('fit when one week has 121, and hide nothing that happened', () => {
    const [huge, single] = barHeights([aBar(1, 1, 119), aBar(1, 0, 0)]);
    expect(heightOf(huge)).toBeLessThanOrEqual(70);
    expect(heightOf(single)).toBe(3);
  });

  it('are nothing where nothing happened', () => {
    expect(barHeights([aBar(0, 0, 0)])).toEqual([[]]);
  });
});
