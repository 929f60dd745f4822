import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { distributionSchema, postmortemSchema } from '../../../docs/write-schema.ts';

it('docs/distribution.schema.json is what `npm run schema` writes', () => {
  expect(readFileSync('docs/distribution.schema.json', 'utf8')).toBe(distributionSchema());
});

it('docs/postmortem.schema.json is what `npm run schema` writes', () => {
  expect(readFileSync('docs/postmortem.schema.json', 'utf8')).toBe(postmortemSchema());
});
