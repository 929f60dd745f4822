import { expect, it } from 'vitest';
import { fromJson } from '../../../support/reading.ts';

it.each(['reference', 'number', 'key', 'ref'])('a number of the incident stays findable if the id is another: %s', (name) => {
  const record = { title: 'Checkout down', summary: 'The pool ran dry.', [name]: 'INC-412' };
  expect(JSON.stringify(fromJson(record, { id: 'checkout-down' }).postmortem)).toContain('INC-412');
});
