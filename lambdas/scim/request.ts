import { type Comparison, parseFilter, withoutSchema } from '../../core/directory/filter.ts';
import type { Paging } from '../../core/directory/list-users.ts';
import { DirectoryRefusal, invalidValue } from '../../core/directory/refusal.ts';
import { type Resource, type Selection, versionOf } from '../../core/directory/resources.ts';
import { emptyAnswer } from '../shared/http-answer.ts';
import { headerOf, readTextBody } from '../shared/http-body.ts';
import type { Call } from '../shared/http-routes.ts';

/** The largest body that is read. */
const maxBytes = 256 * 1024;
const whenLarge = 'Send the members of a large group in several requests.';

/** The JSON that was sent. Throws like `readTextBody`, and a refusal if it is no JSON. */
export function readBody({ event }: Call): unknown {
  const { text } = readTextBody(event, { types: ['application/scim+json', 'application/json'], maxBytes, whenLarge });
  try {
    return JSON.parse(text);
  } catch {
    throw new DirectoryRefusal(
      400,
      'The body is not JSON.',
      'Check quotes, commas and brackets, and that the body is not empty.',
      'invalidSyntax',
    );
  }
}

export const filterIn = ({ query }: Call): Comparison[] => {
  const text = query.get('filter');
  return text === null || text.trim() === '' ? [] : parseFilter(text);
};

const usualCount = 100;

/** A start below one counts as one, a count below nought as nought (RFC 7644, section 3.4.2.4). */
export function pagingIn({ query }: Call): Paging {
  const number = (name: string, usual: number) => {
    const text = query.get(name);
    if (text === null || text === '') return usual;
    if (!/^-?\d{1,9}$/.test(text)) throw invalidValue(`${name} is not a number.`, 'Send a whole number, or leave it out.');
    return Number(text);
  };
  return { startIndex: Math.max(1, number('startIndex', 1)), count: Math.max(0, number('count', usualCount)) };
}

/** Of `emails.value` and `name.givenName` the whole attribute is meant. */
export function selectionIn({ query }: Call): Selection {
  const names = (parameter: string) =>
    query
      .get(parameter)
      ?.split(',')
      .map((name) => withoutSchema(name.trim()).split('.')[0]?.toLowerCase() ?? '')
      .filter((name) => name !== '');
  const only = names('attributes');
  return { only: only?.length ? only : undefined, without: names('excludedAttributes') };
}

/** Throws 412 if the caller saw another version than this one. */
export function checkSeen({ event }: Call, resource: Resource): void {
  const seen = headerOf(event, 'if-match')?.trim();
  if (seen === undefined || seen === '' || seen === '*') return;
  if (names(seen, resource)) return;
  throw new DirectoryRefusal(412, 'It was changed since you read it.', 'Read it again, and send If-Match with its new version.');
}

/** 304 if the caller has this version already. */
export function notModified({ event }: Call, resource: Resource) {
  const seen = headerOf(event, 'if-none-match')?.trim();
  if (seen === undefined || (seen !== '*' && !names(seen, resource))) return undefined;
  const answer = emptyAnswer();
  return { ...answer, statusCode: 304, headers: { ...answer.headers, etag: versionOf(resource) } };
}

/** Whether the version of the resource is one of a list, by the weak comparison of RFC 9110. */
const names = (list: string, resource: Resource): boolean =>
  list.split(',').some((one) => one.trim().replace(/^W\//, '') === versionOf(resource).replace(/^W\//, ''));
