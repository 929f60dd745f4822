import { existsSync } from 'node:fs';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { checkAlone } from '../../../core/intake/check-alone.ts';
import { publicationAsked } from '../../../core/intake/publication-asked.ts';
import { longestDocument } from '../../../core/postmortem/reading/sent-document.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { defaultFile, readDistribution } from '../configuration/read-distribution.ts';
import { UsedWrongly } from '../failure.ts';
import { type PublishOptions, queryOf } from './options.ts';
import type { Store } from './send-documents.ts';

/**
 * Looks at documents on this machine alone, by the named distribution file, or by that of this
 * folder if there is one. Throws UsedWrongly if the file has mistakes.
 */
export async function storeAlone(options: PublishOptions): Promise<Store> {
  const file = options.distribution ?? (existsSync(defaultFile) ? defaultFile : undefined);
  if (file === undefined) return aloneBy(undefined, options);
  const read = await readDistribution(file);
  if ('flaws' in read) throw new UsedWrongly(`${file} has mistakes. See: afterword check ${file}`);
  return aloneBy(read.distribution, options);
}

/** The same by a file that is read already; without one, who would be told is not said. */
export function aloneBy(distribution: Distribution | undefined, options: PublishOptions = {}): Store {
  const now = new Date();
  const zone = distribution?.organisation.zone;
  const askedBy = (said: PublishOptions) => publicationAsked(queryOf(said), { now, ...(zone !== undefined && { zone }) });
  const usual = askedBy(options);
  return async ({ file, id, type, bytes, isHistory }) => {
    const asked = isHistory ? askedBy({ ...options, history: true }) : usual;
    if (bytes.length > longestDocument) throw tooLong;
    const text = new TextDecoder().decode(bytes);
    return { ...(await checkAlone({ type, text }, id, { distribution, now, asked })), file };
  };
}

const tooLong = new Refused('unreadable', [
  { field: '', problem: 'has more than 256 KB without its pictures', remedy: 'Shorten it, and link to what is long.' },
]);
