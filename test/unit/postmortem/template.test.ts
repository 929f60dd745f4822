import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { template } from '../../../core/postmortem/template.ts';

it('is the one of the documentation', () => {
  expect(template).toBe(readFileSync(new URL('../../../docs/template.md', import.meta.url), 'utf8'));
});
