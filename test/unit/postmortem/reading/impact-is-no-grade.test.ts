import { expect, it } from 'vitest';
import { fromJson } from '../../../support/reading.ts';

it('an impact that begins with a number is a text and no severity', () => {
  const { postmortem } = fromJson({ title: 'VPN rebooted', summary: 'All sessions ended.', impact: '2,300 sessions.' });

  expect(postmortem.severity).toBe('unclassified');
  expect(postmortem.customerImpact?.text).toBe('2,300 sessions.');
});
