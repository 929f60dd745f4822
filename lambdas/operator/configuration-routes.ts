import { applyDistribution, readDistribution } from '../../core/distribution/apply-distribution.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { pathsToDeploy } from '../../core/distribution/distribution-changes.ts';
import { keepCustomersCopy } from '../../core/distribution/for-customers.ts';
import { noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import { placed } from '../../core/distribution/placed.ts';
import { printDistribution } from '../../core/distribution/print-distribution.ts';
import { productWarnings } from '../../core/distribution/product-warnings.ts';
import type { ConfigurationAnswer } from '../../core/operator/api.ts';
import { nameApprovers, sidsOfApprovers } from '../../core/people/name-approvers.ts';
import { giveToNamed } from '../../core/people/subscribe-named-people.ts';
import { channelWarnings } from '../../core/runbook/channel-findings.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { type Address, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readTextBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

const path = '/operator/configuration';
const limits = { types: ['text/yaml', 'application/yaml', 'application/x-yaml', 'text/x-yaml'], maxBytes: 256 * 1024 };

export const configurationRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'PUT', path, scope: 'configure', answer: (call) => apply(call, deps) },
  { method: 'GET', path, scope: 'configure', answer: () => tell(deps) },
];

async function apply({ event, query, caller }: Call, deps: OperatorDeps) {
  const dryRun = query.get('dryRun') ?? 'false';
  if (dryRun !== 'true' && dryRun !== 'false') throw new HttpProblem(400, { detail: 'dryRun is true or false.' });
  const { text } = readTextBody(event, limits);
  const options = { isDryRun: dryRun === 'true', shownAgainst: query.get('shownAgainst') ?? undefined };
  const sidOf = await sidsWith(deps);
  const before = (await deps.distribution.read())?.distribution;
  const outcome = await applyDistribution(text, options, {
    store: deps.distribution,
    deployed: deps.deployed,
    sidsOf: async (distribution) => sidsOfApprovers(distribution, sidOf),
    now: deps.now,
  });
  if (dryRun === 'false') await subscribeNamed(await deps.distribution.read(), deps);
  const { applied, hash, changes } = outcome;
  if (dryRun === 'false') await lookAtAsked(deps);
  if (applied && changes.some(({ path }) => isOfTools(path))) await pollTools(deps);
  if (applied) await leaveLine(deps, caller.id, 'configuration applied', { hash, changes: changes.length });
  if (dryRun === 'false') await keepCustomersCopy(deps.customersCopy, async () => (await deps.distribution.read())?.distribution);
  return jsonAnswer(200, { ...outcome, stack: deps.stack, warnings: await warningsOf(text, before, deps) } satisfies ConfigurationAnswer);
}

/**
 * What of a file would have no effect in Slack, and what customers chose and it no longer has, with
 * its place in the text.
 */
async function warningsOf(text: string, inForce: Distribution | undefined, { slack, now }: OperatorDeps) {
  const { distribution } = readDistribution(text);
  const products = productWarnings(inForce, distribution);
  if (!distribution.slack) return placed(text, products);
  const list = slack.isDeployed ? await slack.channels.read() : undefined;
  return placed(text, [...channelWarnings(distribution, { isDeployed: slack.isDeployed, list, now: now() }), ...products]);
}

/**
 * Subscribes everyone the file in force names to what it names them for, including people imported
 * long ago, and gives approvers of notices a profile.
 */
async function subscribeNamed(current: Awaited<ReturnType<OperatorDeps['distribution']['read']>>, deps: OperatorDeps): Promise<void> {
  if (!current) return;
  const sidOf = await sidsWith(deps);
  await giveToNamed(current.distribution, { ...deps, sidOf });
  await nameApprovers(current.distribution, { ...deps, suppressionSecret: await deps.suppressionSecret(), sidOf });
}

/** Of all that wait for something. */
const mostAsked = 200;

/** Who has to approve what is asked, and how long a hold lasts, may be another by this file. */
async function lookAtAsked({ distribution, notices }: OperatorDeps): Promise<void> {
  const current = await distribution.read();
  if (!current || !noticeRulesOf(current.distribution)) return;
  const asked = (await notices.lists.open(mostAsked)).filter(({ state }) => state === 'open' || state === 'approved');
  for (const { postmortem } of asked) await notices.look(postmortem);
}

const isOfTools = (path: string) => /^(connectors|severities)\b/.test(path);

/** What is held for its severity, or was of a tool that the file did not name, may be told now. */
async function pollTools({ distribution, collect }: OperatorDeps): Promise<void> {
  const current = await distribution.read();
  if (current?.distribution.connectors) await collect({ poll: 'all' });
}

async function sidsWith({ identitySecret }: OperatorDeps): Promise<(address: Address) => SubscriberId> {
  const identity = await identitySecret();
  return (address) => subscriberId('staff', address, identity);
}

async function tell({ distribution, deployed, stack }: OperatorDeps) {
  const current = await distribution.read();
  if (!current) throw new HttpProblem(404, { detail: 'There is no configuration yet. Apply a distribution file: afterword apply.' });
  const needsDeploy = pathsToDeploy(current.distribution, current.distribution, deployed);
  const { hash } = current;
  return jsonAnswer(200, {
    hash,
    inForce: hash,
    stack,
    applied: false,
    changes: [],
    needsDeploy,
    warnings: [],
    file: printDistribution(current.distribution),
  } satisfies ConfigurationAnswer);
}
