import type { PeopleList } from '../subscriber/ports.ts';

/** What is read at most, so that a check ends in time with any number of people. */
const most = { people: 20_000, page: 1000 };

/**
 * The list of people, page by page, up to twenty thousand of them. A page without a cursor is the
 * last.
 */
export async function* peoplePages(peopleList: Pick<PeopleList, 'list'>): AsyncGenerator<Awaited<ReturnType<PeopleList['list']>>> {
  let people = 0;
  let cursor: string | undefined;
  do {
    const page = await peopleList.list(most.page, cursor);
    yield page;
    people += page.people.length;
    cursor = page.cursor;
  } while (cursor !== undefined && people < most.people);
}
