import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../../../../core/postmortem/reading/read-markdown.ts';

const actionsIn = (body: string) =>
  readMarkdown(`# Index down\n\n${body}\n`, { aliases: severityAliases({}), now: new Date('2026-11-30T12:00:00Z'), zone: 'UTC' }).postmortem
    .actionItems;

describe('a state behind a promise', () => {
  it.each([
    ['Cancel the job. *Owner:* Rosa Lind. *Cancelled.*', { owner: 'Rosa Lind', status: 'declined' }],
    [
      'Use short-lived tokens. Owner: Security. Due: Oct 30, 2026. Open.',
      { title: 'Use short-lived tokens', owner: 'Security', due: '2026-10-30', status: 'open' },
    ],
    ['Use short-lived tokens. Owner: Security. Due: Oct 30, 2026. Closed.', { title: 'Use short-lived tokens', status: 'done' }],
    ['Test wheels in the oldest image. (@rosa-l, done in #2215)', { owner: 'rosa-l', status: 'done' }],
    ['Alerta de disco al 70 % (Lucía Ferrer, vence 16/10/2026)', { owner: 'Lucía Ferrer', due: '2026-10-16' }],
  ])('%s', (line, action) => {
    expect(actionsIn(`## Action items\n\n- ${line}`)).toMatchObject([action]);
  });
  it('is open where a cross stands below "Done?"', () => {
    const table =
      '| Description | Owner | Done? |\n| --- | --- | --- |\n| Import the rules | Rosa Lind | ✅ |\n| Remove the access | Cloud | ❌ |';
    expect(actionsIn(`## Action items\n\n${table}`).map(({ status }) => status)).toEqual(['done', 'open']);
  });
  it("stands below what we're doing about it", () => {
    expect(actionsIn("## What we're doing about it\n\n- [x] Backups are kept for 30 days.\n- [ ] Practise a rollback.")).toMatchObject([
      { status: 'done' },
      { status: 'open' },
    ]);
  });
});
