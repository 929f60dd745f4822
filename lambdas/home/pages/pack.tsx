/** @jsxImportSource hono/jsx */
import { localDay } from '../../../core/calendar/period.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { PackAnswer, type PackFormat } from '../../../core/operator/pack-api.ts';
import { isPackOffered } from '../../../core/pack/is-pack-offered.ts';
import { packName } from '../../../core/pack/pack-name.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import { document } from '../../shared/pages/shell.tsx';
import { Markdown } from '../../shared/postmortem/markdown.tsx';
import type { Answered, Problem } from '../api.ts';
import type { HomeDeps } from '../deps.ts';
import type { HomePath } from '../env.ts';
import { staffPage, type Visit } from '../guard.ts';
import { homePage } from '../shell.tsx';

/** What is asked for. Both are empty where nobody chose yet. */
interface Wanted {
  readonly product: string;
  readonly since: string;
}

/**
 * What customers were told of a product's incidents, for whoever talks with one about renewing. It
 * holds public versions alone, so everybody of staff may make it.
 */
export const packPages = (deps: HomeDeps): PageRoute[] => [
  staffPage(deps, {
    path: '/pack',
    async get(visit) {
      const wanted = wantedIn(visit.request.query);
      const answered = wanted.product === '' ? undefined : await packFor(wanted, 'markdown', visit);
      return homePage({
        ...visit,
        title: answered?.body ? `Pack: ${answered.body.product}` : 'Pack for a customer',
        here: '/home/pack',
        status: answered?.problem?.status ?? 200,
        children: (
          <>
            <h1>Pack for a customer</h1>
            <p class="m">
              What we published of a product’s incidents since a day, and figures of those alone. Nothing in it is internal, so you can pass
              it on. On a command line: <code>afterword pack</code>.
            </p>
            {answered?.problem && <Refusal of={answered.problem} />}
            {isPackOffered(visit.distribution) ? <Choice wanted={wanted} visit={visit} /> : <NothingToOffer />}
            {answered?.body && <Shown pack={answered.body} />}
          </>
        ),
      });
    },
  }),
  download(deps, '/pack.html', 'html', 'text/html; charset=utf-8'),
  download(deps, '/pack.md', 'markdown', 'text/markdown; charset=utf-8'),
];

const longestName = 200;
const wantedIn = (query: URLSearchParams): Wanted => ({
  product: (query.get('product') ?? '').slice(0, longestName),
  since: (query.get('since') ?? '').slice(0, longestName),
});

const packFor = (wanted: Wanted, format: PackFormat, { api }: Visit): Promise<Answered<PackAnswer>> =>
  api.ask({ method: 'GET', path: `/operator/pack?${new URLSearchParams({ ...wanted, format })}` }, PackAnswer);

/** The same document as a file. Where there is none, the page says why. */
const download = (deps: HomeDeps, path: HomePath, format: PackFormat, type: string): PageRoute =>
  staffPage(deps, {
    path,
    async get(visit): Promise<HttpAnswer> {
      const wanted = wantedIn(visit.request.query);
      const { body } = await packFor(wanted, format, visit);
      if (!body) return seeOther(`/home/pack?${new URLSearchParams({ ...wanted })}`);
      const ending = path.slice(path.indexOf('.'));
      const name = encodeURIComponent(`${packName(body.product, body.since)}${ending}`);
      return document(body.text, {
        'content-type': type,
        'content-disposition': `attachment; filename="pack${ending}"; filename*=UTF-8''${name}`,
      });
    },
  });

const Choice = ({ wanted, visit: { distribution, now } }: { readonly wanted: Wanted; readonly visit: Visit }) => {
  const today = localDay(now, distribution.organisation.zone);
  return (
    <section class="panel">
      <form method="get" action="/home/pack">
        <div class="filters">
          <label>
            Product
            <select name="product" required>
              {productNames(distribution).map((name) => (
                <option value={name} selected={name === wanted.product}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            Incidents since
            <input
              type="date"
              name="since"
              required
              max={today.toString()}
              value={wanted.since || today.subtract({ years: 1 }).toString()}
            />
          </label>
        </div>
        <p class="acts">
          <button type="submit">Show</button>
        </p>
      </form>
    </section>
  );
};

const productNames = ({ products = [] }: Distribution): string[] => products.map(({ name }) => name);

const NothingToOffer = () => (
  <section class="panel">
    <p>There is no pack yet: the file in force names no products, or nothing goes to customers. Ask whoever applies that file.</p>
  </section>
);

const Refusal = ({ of: { title, detail, errors = [] } }: { readonly of: Problem }) => (
  <div class="said warn">
    {errors.length === 0 && <p>{detail ?? title}</p>}
    {errors.map(({ field, problem, remedy }) => (
      <p>{`${field} ${problem}. ${remedy}`}</p>
    ))}
  </div>
);

const Shown = ({ pack: { product, since, text } }: { readonly pack: PackAnswer }) => {
  const query = new URLSearchParams({ product, since });
  return (
    <>
      <p class="acts">
        <a class="button soft" href={`/home/pack.html?${query}`}>
          Download as HTML
        </a>
        <a class="button soft" href={`/home/pack.md?${query}`}>
          Download as Markdown
        </a>
      </p>
      <section class="panel doc" aria-label="The pack">
        <Markdown text={text} heading="below" />
      </section>
    </>
  );
};
