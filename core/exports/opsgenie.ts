import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import { adfToMarkdown, isAdf } from '../postmortem/reading/adf.ts';
import {
  datesOf,
  type ExportedRecord,
  type Json,
  recordIn,
  type SeverityMapping,
  severityOf,
  textIn,
  visibilityOf,
  withoutEmpty,
} from './exported-record.ts';

/** Whether this is a postmortem as the API of Opsgenie answers it. */
export const isOpsgenie = (record: Json): boolean => 'postmortemId' in record;

/**
 * Maps a postmortem. Its texts are in Atlassian's format; nodes that we do not know are told by
 * their text. The depth must have been limited before.
 */
export function mapOpsgenie(record: Json, mapping: SeverityMapping): ExportedRecord {
  const ref = textIn(record, 'postmortemId') ?? '';
  if (ref === '') return { outcome: 'refused', ref, field: 'postmortemId', problem: 'is empty', remedy: 'Ask the API for it again.' };
  const incident = recordIn(record, 'rootIncident');
  const own = textIn(record, 'severity');
  const word = own ?? textIn(incident, 'priority');
  const { date, isHistory, publishedAt } = datesOf(record, {
    incident: ['startTime', 'endTime', 'resolveTime'],
    opened: 'createdAtTime',
  });
  const [ended, resolved] = [textIn(record, 'endTime'), textIn(record, 'resolveTime')];
  const document = {
    ...visibilityOf(record),
    id: idAtVendor('opsgenie', ref),
    title: textIn(record, 'title') ?? textIn(incident, 'message'),
    severity: severityOf(word, mapping),
    status: textIn(record, 'status') ?? 'draft',
    startedAt: textIn(record, 'startTime'),
    mitigatedAt: resolved === undefined ? undefined : ended,
    resolvedAt: resolved ?? ended,
    publishedAt,
    tags: Array.isArray(incident.tags) ? incident.tags.filter((tag) => typeof tag === 'string' && tag.trim() !== '') : [],
    summary: markdownOf(record.executiveSummary),
    body: markdownOf(record.content),
    timeline: [textIn(record, 'respondTime')].filter(Boolean).map((at) => ({ at, event: 'Somebody responded.' })),
  };
  if (document.summary === '' && document.body === '') return { outcome: 'left out', ref, why: 'it has no text' };
  return {
    outcome: 'mapped',
    ref,
    id: document.id,
    isHistory,
    date,
    severity: word === undefined ? undefined : { field: own === undefined ? 'rootIncident.priority' : 'severity', word },
    names: {
      startedAt: 'startTime',
      mitigatedAt: 'endTime',
      resolvedAt: resolved === undefined ? 'endTime' : 'resolveTime',
      body: 'content',
      summary: 'executiveSummary',
    },
    document: withoutEmpty(document),
  };
}

/** Opsgenie sends some documents as the source text of their JSON. */
function markdownOf(value: unknown): string {
  if (typeof value !== 'string') return isAdf(value) ? adfToMarkdown(value).trim() : '';
  if (!/^\s*\{/.test(value)) return value.trim();
  try {
    return markdownOf(JSON.parse(value)) || value.trim();
  } catch {
    return value.trim();
  }
}
