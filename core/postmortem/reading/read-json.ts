import { refuseUnreadable, refuseUnreadableText } from './clean-text.ts';
import { refuseDoubleKeys } from './double-keys.ts';
import { finishPostmortem, type Given } from './finish-postmortem.ts';
import { sectionsOf } from './headings/heading-map.ts';
import { newReading, type ReadPostmortem, unreadable } from './reading.ts';
import { marksInFields } from './restriction/restriction-marks.ts';
import { isRecord, takeFields } from './sent-fields.ts';

/**
 * Reads a postmortem sent as JSON, with wire names, snake_case or the usual aliases. Throws
 * `Refused`, also for an unknown key.
 */
export function readJson(text: string, given: Given): ReadPostmortem {
  refuseUnreadableText(text);
  const value = parse(text);
  refuseDoubleKeys(text);
  refuseUnreadable(value);
  if (!isRecord(value)) throw unreadable('is not a JSON object', 'Send one object with the fields of a postmortem.');
  const reading = newReading(given, 'refuse');
  reading.marks.push(...marksInFields(value));
  const fields = takeFields(value, reading);
  const finished = finishPostmortem(fields, given, reading);
  return { ...finished, sections: sectionsOf(fields.keys()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(`is not JSON: ${error instanceof Error ? error.message : String(error)}`, 'Send one JSON object.');
  }
}
