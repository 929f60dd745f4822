import * as z from 'zod';
import type { SettingsFields, StreamFields } from '../../../../core/preferences/settings-fields.ts';
import { StreamName } from '../../../../core/stream/stream.ts';

const text = z.string().max(300);
const topics = z.array(text).max(100);
const Shown = z.strictObject({
  zone: text,
  pausedUntil: text,
  tracking: z.enum(['on', 'off']),
  format: z.enum(['html', 'text']),
  streams: z.partialRecord(
    StreamName,
    z.strictObject({
      frequency: text,
      weekday: text,
      hour: text,
      follow: topics,
      leaveOut: topics,
      least: text,
      delegate: text,
      delegateUntil: text,
    }),
  ),
});

/**
 * Settings that a page carries along: those it showed, and those from before a change, to undo it.
 */
export const carried = (fields: SettingsFields): string => JSON.stringify(fields);

/**
 * Reads what a form carried. Undefined if our pages did not write it. It only says what the reader
 * left unchanged, so forging it gains nothing.
 */
export function readCarried(form: URLSearchParams, name: 'shown' | 'before'): SettingsFields | undefined {
  try {
    return Shown.parse(JSON.parse(form.get(name) ?? ''));
  } catch {
    return undefined;
  }
}

/**
 * The settings as they were sent. Settings that the page did not ask for stay as they were shown.
 */
export function sentSettings(form: URLSearchParams, shown: SettingsFields): SettingsFields {
  const one = <Value extends string>(name: string, otherwise: Value): string => form.get(name)?.trim() ?? otherwise;
  const streams = Object.entries(shown.streams).flatMap(([stream, fields]): [string, StreamFields][] =>
    fields ? [[stream, sentStream(form, stream, fields)]] : [],
  );
  const hasGeneral = form.has('general');
  return {
    zone: one('zone', shown.zone),
    pausedUntil: one('pausedUntil', shown.pausedUntil),
    tracking: hasGeneral ? (form.has('tracking') ? 'on' : 'off') : shown.tracking,
    format: hasGeneral ? (form.get('format') === 'text' ? 'text' : 'html') : shown.format,
    streams: Object.fromEntries(streams),
  };
}

function sentStream(form: URLSearchParams, stream: string, shown: StreamFields): StreamFields {
  const one = (field: 'frequency' | 'weekday' | 'hour' | 'least' | 'delegate' | 'delegateUntil') =>
    form.get(`${stream}.${field}`)?.trim() ?? shown[field];
  const many = (field: 'follow' | 'leaveOut') =>
    form.has(`${stream}.topics`) ? [...new Set(form.getAll(`${stream}.${field}`))] : shown[field];
  return {
    frequency: one('frequency'),
    weekday: one('weekday'),
    hour: one('hour'),
    follow: many('follow'),
    leaveOut: many('leaveOut'),
    least: one('least'),
    delegate: one('delegate'),
    delegateUntil: one('delegateUntil'),
  };
}
