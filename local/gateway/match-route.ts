export interface Matched<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

type Segment = { readonly kind: 'text' | 'one' | 'rest'; readonly name: string };

const segmentsOf = (path: string): Segment[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => {
      const name = /^\{(.+?)(\+?)\}$/.exec(part);
      if (name === null) return { kind: 'text', name: part };
      return { kind: name[2] === '+' ? 'rest' : 'one', name: name[1] ?? '' };
    });

/**
 * Chooses a route as API Gateway does: text before a variable, before a greedy variable, before
 * `$default`, and the route's own method before ANY. `path` is as it came, still percent-encoded.
 * The parameters are decoded.
 */
export function routeMatcher<Route extends { readonly key: string }>(
  routes: readonly Route[],
): (method: string, path: string) => Matched<Route> | undefined {
  const known = routes
    .filter(({ key }) => key !== '$default')
    .map((route) => {
      const [method = '', path = ''] = route.key.split(' ');
      const segments = segmentsOf(path);
      return { route, method, segments, rank: rankOf(segments, method) };
    })
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const fallback = routes.find(({ key }) => key === '$default');

  return (method, path) => {
    const parts = path.split('/').filter(Boolean);
    for (const { route, segments, method: own } of known) {
      if (own !== 'ANY' && own !== method) continue;
      const pathParameters = parametersOf(segments, parts);
      if (pathParameters !== undefined) return { route, pathParameters };
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
  };
}

const order = { text: '0', one: '1', rest: '2' } as const;
const rankOf = (segments: readonly Segment[], method: string) =>
  `${segments.map(({ kind }) => order[kind]).join('')}${method === 'ANY' ? '~' : ''}`;

function parametersOf(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const greedy = segments.at(-1)?.kind === 'rest';
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [n, { kind, name }] of segments.entries()) {
    const part = parts[n] ?? '';
    if (kind === 'text' && part !== name) return undefined;
    if (kind === 'one') found[name] = decoded(part);
    if (kind === 'rest') found[name] = parts.slice(n).map(decoded).join('/');
  }
  return found;
}

/** Invalid percent-encoding stays as it is. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
