import { compile, type Taxonomy, type TaxonomyOfFile } from './compile.ts';
import { ourTerms } from './our-terms.ts';

let last: { readonly written: string; readonly taxonomy: Taxonomy } | undefined;

/**
 * The taxonomy of a distribution file: our terms and its own. Compiled at the first call in a
 * container, and again where the file says something else.
 */
export function taxonomyOf({ taxonomy: theirs }: { readonly taxonomy?: TaxonomyOfFile | undefined }): Taxonomy {
  const written = JSON.stringify(theirs ?? {});
  if (last?.written !== written) last = { written, taxonomy: compile(ourTerms, theirs) };
  return last.taxonomy;
}
