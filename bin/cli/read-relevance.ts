import { RelevanceAnswer } from '../../core/intake/api.ts';
import type { Api } from './api-client.ts';

/** To which teams a postmortem matters, and what is similar. */
export const readRelevance = async (api: Api, id: string): Promise<RelevanceAnswer> =>
  (await api({ method: 'GET', path: `postmortems/${encodeURIComponent(id)}/relevance` }, RelevanceAnswer)).body;
