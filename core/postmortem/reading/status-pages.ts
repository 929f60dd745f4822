import { findSeverity, readFlag, type SeverityAliases } from './classification-words.ts';
import { squeezeName } from './field-names.ts';
import type { Reading } from './reading.ts';
import type { Level } from './sent-fields.ts';

/** Fields of issues of cState, a generator of status pages, by our names. */
const names: Readonly<Record<string, string>> = { resolvedwhen: 'resolvedAt', affected: 'services' };

const aside = new Set(['section', 'informational', 'pin']);

/**
 * An issue of a status page under our names. It says by a flag whether the incident is over, and
 * gives its grade in words of its own. A grade that the organisation does not know is kept as text,
 * with a warning. Anything else is returned as it is.
 */
export function asStatusPage(level: Level, aliases: SeverityAliases, reading: Reading): Level {
  const isOver = readFlag(memberOf(level.record, 'resolved'));
  const isNotice =
    isOver === undefined && memberOf(level.record, 'affected') !== undefined && memberOf(level.record, 'section') === 'issue';
  if (isOver === undefined && !isNotice) return level;
  const isOpen = isOver === false && memberOf(level.record, 'status') === undefined;
  const record: Record<string, unknown> = isOpen ? { status: 'preliminary' } : {};
  for (const [key, value] of Object.entries(level.record)) {
    const name = squeezeName(key);
    if (name === 'resolved') continue;
    if (aside.has(name)) reading.noted.push({ as: key, value, shape: '' });
    else if (name === 'severity' && typeof value === 'string' && findSeverity(value, aliases) === undefined) {
      reading.unread.push({ field: 'severity', written: `${key}: ${value}`, why: 'is no severity here' });
      reading.noted.push({ as: key, value, shape: '' });
    } else record[names[name] ?? key] = value;
  }
  return { ...level, record };
}

const memberOf = (record: Level['record'], name: string): unknown => Object.entries(record).find(([key]) => squeezeName(key) === name)?.[1];
