/** The Monday of the week that the samples tell as "last week". */
const anchorMonday = '2026-11-16';
const zone = 'Europe/Berlin';
const dayMs = 24 * 60 * 60 * 1000;

/** A date by itself or at the head of an instant. Not one inside a link, where it names a page. */
const isoDate = /(?<![\w/.-])\d{4}-\d\d-\d\d(?=T\d\d:|[^\w/-]|$)/g;

/**
 * Moves every ISO date of a sample by whole weeks, so that its latest week becomes the last complete week before `now`
 * (weeks begin on Monday, in Berlin). Weekdays stay; dates written out in words are history and stay too.
 */
export function shiftSample(text: string, now: Date): string {
  const shift = lastCompleteMonday(now) - Date.parse(anchorMonday);
  return text.replace(isoDate, (date) => moved(date, shift));
}

function lastCompleteMonday(now: Date): number {
  const today = Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now));
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  return today - (daysSinceMonday + 7) * dayMs;
}

function moved(date: string, shift: number): string {
  const at = Date.parse(date);
  return Number.isNaN(at) ? date : new Date(at + shift).toISOString().slice(0, 10);
}
