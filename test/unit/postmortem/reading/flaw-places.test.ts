import { expect, it } from 'vitest';
import { withPlaces } from '../../../../core/postmortem/reading/flaw-places.ts';
import { Refused } from '../../../../core/shared/errors.ts';

const flaw = { problem: 'is wrong', remedy: 'Mend it.' };
const placeOf = (field: string, text: string, type = 'text/markdown') => {
  const [{ line, column } = flaw as { line?: number; column?: number }] = withPlaces(new Refused('content', [{ field, ...flaw }]), {
    type,
    text,
  }).flaws;
  return line === undefined ? undefined : [line, column];
};

it.each([
  ['severity', '---\ntitle: A\nseverity: huge\n---\n', [3, 11]],
  ['owning team', '\r\n---\r\n"owning team": x\r\n---\r\n', [3, 16]],
  ['support.contact', '---\ncontact: a\nsupport:\n  contact: b\n---\n', [4, 12]],
  ['actionItems.1.due', '---\nactionItems:\n  - due: x\n---\n', [2, 13]],
  ['severity', '+++\nseverity = "huge"\n+++\n', [2, 12]],
  ['severity', '---\ntitle: A\n---\nseverity: huge\n', undefined],
  ['a.*(', '---\ntitle: A\n---\n', undefined],
  ['', '---\ntitle: A\n---\n', undefined],
])('finds %j in %j', (field, text, place) => {
  expect(placeOf(field, text)).toEqual(place);
});

it('finds a member of JSON, and keeps a place that is known', () => {
  expect(placeOf('severity', '{ "title": "A",\n  "severity": "huge" }', 'application/json')).toEqual([2, 15]);
  const known = new Refused('content', [{ field: 'severity', ...flaw, line: 9 }]);
  expect(withPlaces(known, { type: 'text/markdown', text: '---\nseverity: x\n---' }).flaws[0]).toMatchObject({ line: 9 });
});
