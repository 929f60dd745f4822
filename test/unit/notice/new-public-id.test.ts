import { expect, it } from 'vitest';
import { PublicId } from '../../../core/notice/external.ts';
import { newPublicId } from '../../../core/notice/new-public-id.ts';

/** Gives these bytes, over and over. */
const bytes = (...all: number[]) => {
  let at = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => all[at++ % all.length] ?? 0);
};
const letters = 'bcdfghjkmnpqrstvwxz23456789';

it('has ten letters that make no word and look like nothing else', () => {
  for (let from = 0; from < 256; from += 7) {
    const id = newPublicId(bytes(...Array.from({ length: 31 }, (_, n) => (from + n * 17) % 256)));
    expect(PublicId.safeParse(id).success, id).toBe(true);
    expect(id).not.toMatch(/[aeiouyl01]/);
  }
});

it('leaves out the bytes that would make some letters more likely, and asks for more', () => {
  const [most, few] = [256 - (256 % letters.length), 255];
  expect(newPublicId(bytes(0, few, 1, most, 2, 3))).toBe('bcdfbcdfbc');
  expect(newPublicId(bytes(most - 1))).toBe(letters.at(-1)?.repeat(10));
  const counts = new Map<string, number>();
  for (let byte = 0; byte < most; byte += 1) {
    const letter = newPublicId(bytes(byte)).charAt(0);
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual([...letters].toSorted());
  expect(new Set(counts.values())).toEqual(new Set([most / letters.length]));
});
