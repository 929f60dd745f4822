import type { LeadingTime } from './leading-time.ts';

/** What may stand in front of a time at the end of a line. To add a form, add a row. */
const forms: readonly RegExp[] = [
  // "Rosa Lind 10:32 AM", "@rosa [10:32]"
  /^[\p{Lu}@][\p{L}\p{N}._'-]{0,30}(?:\s[\p{Lu}][\p{L}.'-]{0,30}){0,3}\s{1,4}[[(]?(?=\d)/u,
  // "Detected: 13:05 UTC"
  /^[\p{L}][^:.\d]{1,60}:\s{1,4}/u,
];

/** The time of a line that consists of a short text and a time. */
export function timeBehind(line: string, timeOf: (text: string) => LeadingTime | undefined): LeadingTime | undefined {
  for (const form of forms) {
    const length = form.exec(line.slice(0, 140))?.[0].length ?? 0;
    const time = length === 0 ? undefined : timeOf(line.slice(length));
    if (time !== undefined && length + time.to >= line.trimEnd().length) return { ...time, from: length + time.from, to: length + time.to };
  }
  return undefined;
}
