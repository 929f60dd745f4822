import { expect, it } from 'vitest';
import { Reason } from '../../../core/audit/reason.ts';

it.each([
  ['x', ['too_small']],
  ['  ', ['too_small']],
  ['ask ada@example.com', ['custom']],
  ['the times are wrong', []],
])('has one flaw at most, so a form says one thing: %j', (reason, codes) => {
  expect((Reason.safeParse(reason).error?.issues ?? []).map(({ code }) => code)).toEqual(codes);
});
