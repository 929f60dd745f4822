import { dayOf } from '../../core/calendar/period.ts';
import { productsNamed } from '../../core/distribution/products.ts';
import { readShownNotices } from '../../core/notice/read-shown-notices.ts';
import { type PackAnswer, type PackFormat, packFormats } from '../../core/operator/pack-api.ts';
import { packOf } from '../../core/pack/pack.ts';
import { packMarkdown } from '../../core/pack/pack-markdown.ts';
import { Refused } from '../../core/shared/errors.ts';
import { PlainDate } from '../../core/shared/instant.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { packDocument } from '../shared/postmortem/pack-document.tsx';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

/** What customers may be shown of a product's incidents. */
export const packRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/pack', scope: 'read', answer: (call) => pack(call, deps) },
];

const documents: Readonly<Record<PackFormat, typeof packMarkdown>> = { html: packDocument, markdown: packMarkdown };

async function pack({ query }: Call, deps: OperatorDeps) {
  const since = PlainDate.safeParse(query.get('since'));
  if (!since.success) throw refusal('since', 'is not a day', 'For example since=2026-07-01.');
  const format = packFormats.find((one) => one === (query.get('format') ?? 'markdown'));
  if (!format) throw refusal('format', 'is none of ours', `Write ${packFormats.join(' or ')}.`);
  const applied = await deps.distribution.read();
  if (!applied) throw new HttpProblem(404, { detail: 'There is no configuration yet. Apply a distribution file: afterword apply.' });
  const { products = [], organisation } = applied.distribution;
  if (since.data > dayOf(deps.now(), organisation.zone).toString())
    throw refusal('since', 'is in the future', 'Give a day that has begun. For example since=2026-07-01.');
  const [product] = productsNamed([query.get('product') ?? ''], products);
  if (product === undefined) throw new HttpProblem(404, { detail: noProduct(products.map(({ name }) => name)) });
  const made = packOf(await readShownNotices(deps.publicNotices), {
    product,
    organisation: organisation.name,
    since: since.data,
    now: new Date(deps.now()),
    zone: organisation.zone,
  });
  const answer: PackAnswer = { product, since: since.data, incidents: made.incidents.length, text: documents[format](made) };
  return jsonAnswer(200, answer);
}

const noProduct = (names: readonly string[]): string =>
  names.length === 0
    ? 'The distribution file has no products. Name them under products: and apply it.'
    : `There is no product of this name. There are: ${names.join(', ')}.`;

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
