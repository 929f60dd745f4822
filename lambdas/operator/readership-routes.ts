import type { EditionLister } from '../../core/edition/ports.ts';
import { sentCounts } from '../../core/operator/outcome-words.ts';
import type { ReadershipAnswer } from '../../core/operator/readership-api.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { readReadership } from '../../core/readership/read-readership.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

export const readershipRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/postmortems/{id}/readership', scope: 'read', answer: (call) => tell(call, deps) },
];

async function tell({ params }: Call, deps: OperatorDeps) {
  const id = PostmortemId.safeParse(params.id);
  const stored = id.success ? await deps.slack.stored(id.data) : undefined;
  if (!stored) throw new HttpProblem(404, { detail: 'There is no postmortem with this id. List them with: afterword postmortems list' });
  const zone = (await deps.distribution.read())?.distribution.organisation.zone ?? 'UTC';
  const [readership, editions] = await Promise.all([
    readReadership(stored.postmortem, { zone, now: new Date(deps.now()) }, deps.readership),
    sentIn(stored.editions, deps.editions),
  ]);
  return jsonAnswer(200, {
    editions,
    ...(readership && { readership: { ...readership, teams: [...readership.teams] } }),
  } satisfies ReadershipAnswer);
}

const mostEditions = 20;

/** Of editions that are still stored, the oldest first. */
async function sentIn(ids: readonly string[], editions: Pick<EditionLister, 'report'>): Promise<ReadershipAnswer['editions']> {
  const reports = await fewAtATime(ids.slice(-mostEditions), (id) => editions.report(id));
  return reports.flatMap((report) => (report ? [{ edition: report.edition, ...sentCounts(report.counts, report.edition) }] : []));
}
