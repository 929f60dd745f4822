import type { Answer, ChangedPage } from '../../core/connector/ports.ts';

/**
 * One page of several lists that are read one after the other. Between two calls a page is named
 * `<list>:<place in it>`, where the first place of each is empty.
 */
export async function pageOfLists(
  page: string | undefined,
  lists: readonly string[],
  read: (list: string, place: string) => Promise<Answer<ChangedPage>>,
): Promise<Answer<ChangedPage>> {
  const [, named = '', place = ''] = /^([^:]*):(.*)$/s.exec(page ?? `${lists[0]}:`) ?? [];
  // A page that another release named begins again.
  const list = lists.includes(named) ? named : (lists[0] ?? '');
  const answer = await read(list, list === named ? place : '');
  if (answer.kind !== 'found') return answer;
  const { refs, next } = answer.value;
  const following = lists[lists.indexOf(list) + 1];
  const after = next === undefined ? following && `${following}:` : `${list}:${next}`;
  return { kind: 'found', value: { refs, ...(after !== undefined && { next: after }) } };
}
