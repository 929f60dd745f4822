import { InvalidArgumentError } from 'commander';

/** An option's value, such as a limit: a whole number above zero. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above zero.');
  return number;
}
