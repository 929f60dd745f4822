import { expect, it } from 'vitest';
import { type Reason, reasonKeyOf } from '../../../core/relevance/reason.ts';
import { reasonWords } from '../../../core/relevance/reason-words.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';

const words = (reason: Reason) => reasonWords(reasonKeyOf(reason), taxonomyOf({}));

it.each<[Reason, string]>([
  [{ kind: 'runs', service: 'session store' }, 'What you run: session store'],
  [{ kind: 'promised', action: 'a secret' }, 'What you promised'],
  [{ kind: 'depends', service: 'cart', on: 'dns', path: ['cart', 'dns'] }, 'cart, which depends on dns'],
  [{ kind: 'depends', service: 'the cart', on: 'dns', path: ['the cart', 'dns'] }, 'What you depend on: the cart dns'],
  [{ kind: 'shares', service: 'cart', resource: 'orders-db' }, 'cart, which uses orders-db as others do'],
  [{ kind: 'shares', service: 'the cart', resource: 'orders-db' }, 'What you use as others do: the cart orders-db'],
  [
    { kind: 'same failure', service: 'cart', technology: 'redis', mode: 'no-such-mode' },
    'A failure that your Redis can have: no-such-mode',
  ],
  [{ kind: 'had it before', mode: 'no-such-mode', postmortem: 'pm-secret' }, 'A failure that you had before: no-such-mode'],
  [{ kind: 'reads alike', postmortem: 'pm-secret', words: ['lag'] }, 'What reads like a postmortem of yours'],
])('a reason has words that name no postmortem: %o', (reason, expected) => {
  expect(words(reason)).toBe(expected);
  expect(words(reason)).not.toContain('secret');
});

it('a reason of a later release has words too', () => {
  expect(reasonWords('orbits moon pm-secret', taxonomyOf({}))).toBe('A reason of another kind');
});
