import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const document = `= Incident report: Tiles missing in the north
Gudrun Hallsdottir <gudrun@example.com>
v1.3, 2026-07-01
:toc:
:status: retracted
:severity: Sev 4
:tool: projector

WARNING: The cause turned out to be wrong.

== Key facts

[horizontal]
Started:: 2026-06-11 13:00 +02:00
Ended::
  2026-06-11 15:30 +02:00
Service:: tile-server

== Summary

Hikers saw *blank* maps. See https://example.com/19[report 19].

== Timeline

[cols="1,3",options="header"]
|===
|Time |Event

|13:00
|{tool} updated

|15:30 |{tool} rolled back
|===

== Cause

----
# no heading
----

A library dropped tiles.

== Follow-up

* [x] Roll back (Gudrun)
* [ ] Add test tiles (Paavo, 2026-07-31)
** at 70 degrees too
`;

it('reads a document in AsciiDoc', () => {
  const { postmortem, sections } = fromMarkdown(document);
  expect(postmortem).toMatchObject({
    title: 'Incident report: Tiles missing in the north',
    authors: ['Gudrun Hallsdottir'],
    status: 'retracted',
    severity: 'sev4',
    startedAt: '2026-06-11T11:00:00Z',
    resolvedAt: '2026-06-11T13:30:00Z',
    services: ['tile-server'],
    summary: 'Hikers saw **blank** maps. See [report 19](https://example.com/19).',
    timeline: [{ event: 'projector updated' }, { event: 'projector rolled back' }],
    actionItems: [
      { owner: 'Gudrun', status: 'done' },
      { owner: 'Paavo', due: '2026-07-31', status: 'open' },
    ],
  });
  expect(postmortem.rootCauses.join()).toContain('# no heading');
  expect(sections).toEqual(['summary', 'timeline', 'cause', 'actions']);
  for (const kept of ['The cause turned out to be wrong', 'v1.3, 2026-07-01', 'at 70 degrees too'])
    expect(JSON.stringify(postmortem)).toContain(kept);
});

it.each([':visibility: private', ':confidential: true', 'WARNING: Confidential'])('hears "%s" in the header', (line) => {
  expect(fromMarkdown(`= Tiles missing\n${line}\n\n== Summary\n\nBlank maps.\n\n== Cause\n\nA library.\n`).postmortem.restricted).toBe(
    true,
  );
});
