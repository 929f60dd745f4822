import * as operator from '../operator/env.ts';

/**
 * What the operator's routes need, without the first key and the queue of `collect`: nobody makes
 * keys, applies a file or acts on a held incident on a page. What producers' routes need is among
 * it.
 */
export const Env = operator.Env.omit({ FIRST_KEY_ARN: true, COLLECT_QUEUE_URL: true });
export type EnvValues = Omit<operator.EnvValues, 'COLLECT_QUEUE_URL' | 'FIRST_KEY_ARN'>;

/** All pages of `home` lie below it. */
export const base = '/home';

/**
 * Every path that `home` serves, below its base and in the notation of the HTTP API. `lib` makes
 * the routes from this list, and routes.ts has a page for each.
 */
export const homePaths = [
  '',
  '/editions',
  '/editions/{edition}',
  '/editions/{edition}/pause',
  '/editions/{edition}/resume',
  '/editions/{edition}/recall',
  '/editions/{edition}/resend',
  '/editions/{edition}/reach',
  '/lanes',
  '/lanes/{lane}/pause',
  '/lanes/{lane}/resume',
  '/dead-letters/{queue}/redrive',
  '/people',
  '/people/{person}',
  '/people/{person}/suspend',
  '/people/{person}/unsuspend',
  '/people/{person}/lift',
  '/people/{person}/export',
  '/people/{person}/erase',
  '/postmortems',
  '/postmortems/{postmortem}',
  '/postmortems/{postmortem}/restrict',
  '/postmortems/{postmortem}/retract',
  '/postmortems/{postmortem}/release',
  '/postmortems/{postmortem}/as/{audience}',
  '/postmortems/{postmortem}/repost',
  '/postmortems/{postmortem}/links',
  '/reviews',
  '/reviews/{postmortem}/waive',
  '/notices',
  '/notices/{postmortem}/stop',
  '/notices/{postmortem}/withdraw',
  '/in-force',
  '/drift',
  '/audit',
  '/reach',
  '/pack',
  '/pack.html',
  '/pack.md',
  '/write',
  '/write/mail',
  '/write/page',
  '/actions',
  '/actions/{postmortem}/{action}',
  '/mine',
  '/mine/{postmortem}',
  '/template',
  '/template.md',
  '/runbook',
  '/runbook.md',
] as const;
export type HomePath = (typeof homePaths)[number];
