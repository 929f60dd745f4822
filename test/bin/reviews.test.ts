import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const aReview = (postmortem: string, change: object = {}) => ({
  ...{ postmortem, title: `About ${postmortem}`, severity: 'sev1', state: 'in review', since: '2026-11-16T10:00:00Z' },
  ...{ preliminary: false, services: [], ...change },
});

it('lists reviews as they stand, and asks for what is wanted', async () => {
  const unseen = 'Not looked at: reviews that were over before 2026-10-25.';
  const reviews = [
    aReview('late', { dueOn: '2026-11-20', overdueBy: 1, again: 'raised', preliminary: true }),
    aReview('missing', { state: 'awaiting postmortem', dueOn: '2026-11-26', hidden: 'draft', title: 'Down \u001b[31m' }),
    aReview('done', { state: 'reviewed', as: 'VP Engineering', undecided: 2 }),
    aReview('lower', { state: 'closed', why: 'downgraded' }),
  ];
  await using api = await fakeApi(() => ({ status: 200, body: { reviews, notLookedAt: [unseen] } }));
  const list = (...args: string[]) => afterword(['reviews', ...args, '--api', api.url]);
  expect((await list()).stdout.split('\n')).toEqual([
    'POSTMORTEM  SEVERITY  STATE                                     DUE                    SINCE       TITLE',
    'late        sev1      in review, again: raised, preliminary     2026-11-20, 1 day ago  2026-11-16  About late',
    'missing     sev1      awaiting postmortem                       2026-11-26             2026-11-16  Down [31m (draft)',
    'done        sev1      reviewed, by VP Engineering, 2 undecided  -                      2026-11-16  About done',
    'lower       sev1      closed, downgraded                        -                      2026-11-16  About lower',
    '',
    '4 reviews.',
    unseen,
    '',
  ]);
  await list('--overdue', '--state', 'in review', '--since', '2026-11-01');
  expect(api.received.map(({ path }) => path)).toEqual([
    '/operator/reviews',
    '/operator/reviews?state=in+review&overdue=true&since=2026-11-01',
  ]);
  expect((await list('--state', 'open')).code).toBeGreaterThan(0);
});

it('says what to do with one that is restricted', async () => {
  const reviews = [aReview('held', { dueOn: '2026-11-20', hidden: 'restricted' })];
  await using api = await fakeApi(() => ({ status: 200, body: { reviews, notLookedAt: [] } }));
  const { stdout } = await afterword(['reviews', '--api', api.url]);
  expect(stdout).toContain('About held (restricted)');
  expect(stdout).toContain('no reviewer sees it, and it is never overdue');
});

it('waives one with a reason, and says when it was waived already', async () => {
  const review = aReview('drill', { state: 'waived', as: 'operator', reason: 'was a drill' });
  let outcome = 'waived';
  await using api = await fakeApi(() => ({ status: 200, body: { outcome, review } }));
  const waive = (...args: string[]) => afterword(['reviews', 'waive', 'drill', ...args, '--api', api.url]);
  expect((await waive('--reason', 'was a drill')).stderr).toContain('add --yes');
  expect((await waive('--reason', 'was a drill', '--yes')).stdout).toBe('The review of drill is waived.\n');
  outcome = 'unchanged';
  expect((await waive('--reason', 'again', '--yes')).stdout).toBe(
    'The review of drill is waived already: was a drill. Nothing was changed.\n',
  );
  expect((await waive()).code).toBeGreaterThan(0);
  expect(api.received.map(({ method, path, body }) => [method, path, JSON.parse(String(body))])).toEqual([
    ['POST', '/operator/reviews/drill/waive', { reason: 'was a drill' }],
    ['POST', '/operator/reviews/drill/waive', { reason: 'again' }],
  ]);
});
