import { Postmortem } from '../../core/postmortem/postmortem.ts';

/** A published sev2 of the week that the digest of 2026-11-23 covers. */
export const aPostmortem = (change: Record<string, unknown> = {}): Postmortem =>
  Postmortem.parse({
    id: 'pm-1',
    title: 'A failover logged everyone out',
    severity: 'sev2',
    summary: 'The replica was behind.',
    publishedAt: '2026-11-18T10:00:00Z',
    actionItems: [{ title: 'Alarm on replication lag', due: '2026-12-04' }],
    ...change,
  });
