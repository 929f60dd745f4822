import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { distributionSchema, postmortemSchema } from '../../../docs/write-schema.ts';
import { fromJson } from '../../support/reading.ts';

it('docs/distribution.schema.json is what `npm run schema` writes', () => {
  expect(readFileSync('docs/distribution.schema.json', 'utf8')).toBe(distributionSchema());
});

it('docs/postmortem.schema.json is what `npm run schema` writes', () => {
  expect(readFileSync('docs/postmortem.schema.json', 'utf8')).toBe(postmortemSchema());
});

it('the JSON in docs/publishing.md is read whole, and every field of it stands in the schema', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/publishing.md', 'utf8')) ?? [];
  const { properties } = JSON.parse(postmortemSchema());
  expect(Object.keys(JSON.parse(example)).filter((key) => !(key in properties))).toEqual([]);
  expect(fromJson(example, { now: new Date('2026-12-01T12:00:00Z') })).toMatchObject({
    warnings: [],
    postmortem: { severity: 'sev2', startedAt: '2026-11-17T12:05:00Z', actionItems: [{ owner: 'Identity' }], sections: [] },
  });
});

it('every field in the schema has a description', () => {
  const { properties } = JSON.parse(postmortemSchema());
  expect(Object.keys(properties).filter((name) => name !== 'sections' && properties[name].description === undefined)).toEqual([]);
});
