import { Postmortem } from '../../core/postmortem/postmortem.ts';
import { type EngineeringRendition, engineeringRendition } from '../../core/rendition/engineering-rendition.ts';

export const aPostmortem = (fields: Record<string, unknown> = {}): Postmortem =>
  Postmortem.parse({ id: 'a-postmortem', title: 'Something broke', severity: 'sev3', publishedAt: '2026-11-18T12:00:00Z', ...fields });

export const aRendition = (fields: Record<string, unknown> = {}): EngineeringRendition => engineeringRendition(aPostmortem(fields));
