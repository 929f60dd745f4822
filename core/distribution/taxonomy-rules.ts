import { nearest } from '../shared/nearest.ts';
import { ourTerms } from '../taxonomy/our-terms.ts';
import { readPattern } from '../taxonomy/pattern.ts';
import type { TermKind } from '../taxonomy/term.ts';
import type { BrokenRule } from './broken-rule.ts';
import type { LegibleParts } from './legible-parts.ts';

type Lists = LegibleParts['taxonomy'];
type Listed = Lists['failureModes'][number];

const kinds = { technologies: 'technology', failureModes: 'failure mode' } as const satisfies Record<string, TermKind>;
const ourKinds: ReadonlyMap<string, TermKind> = new Map(ourTerms.map(({ id, kind }) => [id, kind]));

/**
 * Ids stand once and keep their kind, new terms say what they are called and how texts say them,
 * sequences can be read, and what a mode belongs with is a technology.
 */
export function taxonomyRules({ taxonomy }: LegibleParts): BrokenRule[] {
  const technologies = new Set([
    ...[...ourKinds].flatMap(([id, kind]) => (kind === 'technology' ? [id] : [])),
    ...taxonomy.technologies.map(({ id }) => id),
  ]);
  const seen = new Set<string>();
  return (['technologies', 'failureModes'] as const).flatMap((list) =>
    taxonomy[list].flatMap((term, n) => {
      const path = ['taxonomy', list, n];
      return [
        ...idRules(term, kinds[list], path, seen),
        ...missingRules(term, path),
        ...patternRules(term, path),
        ...withRules(term, technologies, path),
      ];
    }),
  );
}

type Path = BrokenRule['path'];

function idRules({ id }: Listed, kind: TermKind, path: Path, seen: Set<string>): BrokenRule[] {
  if (id === '') return [];
  const known = ourKinds.get(id);
  const isAgain = seen.has(id);
  seen.add(id);
  if (isAgain) return [{ path: [...path, 'id'], problem: 'is the id of a term above', remedy: 'Join the two, or give one another id.' }];
  if (known === undefined || known === kind) return [];
  return [
    { path: [...path, 'id'], problem: `is the id of a ${known} that Afterword knows`, remedy: 'Give it another id, or list it there.' },
  ];
}

function missingRules({ id, hasLabel, says }: Listed, path: Path): BrokenRule[] {
  if (id === '' || ourKinds.has(id)) return [];
  const meant = nearest(id, [...ourKinds.keys()]);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}, which Afterword knows?`;
  return [
    ...(hasLabel ? [] : [{ path, problem: 'is new and has no label', remedy: `Say what it is called: label: Redis Sentinel.${hint}` }]),
    ...(says === undefined
      ? [{ path, problem: 'is new and has no sequence of words', remedy: `Say how texts name it: says: ["redis …3 sentinel"].${hint}` }]
      : []),
  ];
}

const patternRules = ({ says = [], instead = [] }: Listed, path: Path): BrokenRule[] =>
  Object.entries({ says, instead }).flatMap(([field, patterns]) =>
    patterns.flatMap((pattern, p): BrokenRule[] => {
      const read = pattern === '' ? undefined : readPattern(pattern);
      if (!read || !('problem' in read)) return [];
      const remedy = 'Write words, such as "cert|certificat* …6 expir*": docs/taxonomy.md has the rules.';
      return [{ path: [...path, field, p], problem: read.problem, remedy }];
    }),
  );

const withRules = ({ with: belongs }: Listed, technologies: ReadonlySet<string>, path: Path): BrokenRule[] =>
  belongs.flatMap((id, i): BrokenRule[] => {
    if (id === '' || technologies.has(id)) return [];
    const meant = nearest(id, [...technologies]);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    return [
      {
        path: [...path, 'with', i],
        problem: 'is no technology that is known',
        remedy: `Name it by its id, or add it to taxonomy.technologies.${hint}`,
      },
    ];
  });
