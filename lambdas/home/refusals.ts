import type { HttpAnswer } from '../shared/http-answer.ts';
import { refusal } from '../shared/pages/refusals.tsx';
import type { Problem } from './api.ts';

/**
 * The one answer for what is not there and for what this person may not see. It is always the same
 * bytes, so trying reveals nothing.
 */
export const notHere = (): HttpAnswer =>
  refusal(404, {
    heading: 'There is nothing here for you',
    texts: [
      'Nothing was changed. This address may be mistyped, or what it shows is gone.',
      'The distribution file names who may run Afterword and who may write. If you should be among them, ask whoever applies that file.',
    ],
    way: { href: '/', words: 'What I may do here' },
  });

/** What makes an author certain, for whoever may be one. */
export const howToBeSure =
  'Its sender sees it, and operators. Ask one of them to name you in the document by the handle that the file of people gives you, such as @ada, or send the document yourself.';

/** Nobody is told of it, and it names an author who may be this person or a namesake. */
export const notSurelyYours = (): HttpAnswer =>
  refusal(403, {
    heading: 'It is not certain that this is yours',
    texts: [
      'Nobody is told of this postmortem. It names an author who may be you, and may be somebody else of that name. So it is shown to neither.',
      howToBeSure,
    ],
    way: { href: '/home/mine', words: 'What is yours' },
  });

/** For an operator, who may see everybody: the person is not there. */
export const noSuchPerson = (): HttpAnswer =>
  refusal(404, {
    heading: 'This person is erased or was never here',
    texts: ['Nothing was changed. Whoever was moved to another address has another page: look for the new address.'],
    way: { href: '/home/people', words: 'All people' },
  });

/** For an act in a session that was begun too long ago. `path`: where to go on after signing in. */
export const signInAgain = (path: string): HttpAnswer =>
  refusal(403, {
    heading: 'Sign in again first',
    texts: ['Nothing was changed. You signed in more than twelve hours ago, and this page changes what many people get.'],
    way: { href: `/sign-in?to=${encodeURIComponent(path)}`, words: 'Sign in again' },
  });

/** For a form that another session, or no page of ours, showed. */
export const notYourForm = (path: string): HttpAnswer =>
  refusal(403, {
    heading: 'That form is no longer valid',
    texts: ['Nothing was changed. You signed in anew since it was shown. Open the page again and press there.'],
    way: { href: path, words: 'Open the page again' },
  });

/** What a route answered instead of doing it, in its own words. */
export const refusedBy = ({ title, status, detail, errors = [] }: Problem, back: string): HttpAnswer =>
  refusal(status, {
    heading: status === 409 ? 'That is not possible now' : title,
    texts: [detail ?? 'Nothing was changed.', ...errors.map(({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`.trim())],
    way: { href: back, words: 'Go back' },
  });
