import { foldedName } from '../shared/text.ts';
import { topicOf } from '../subscriber/topic.ts';

/**
 * How a team is told apart: the name of its topic, so `payments` for `team:payments`. Undefined for
 * a name that makes no topic.
 */
export const teamKey = (name: string): string | undefined => topicOf('team', name)?.slice('team:'.length);

/**
 * The name of a service or a team as it is looked up: case, width, blanks, hyphens and underscores
 * make no difference.
 */
export const lookupKey = (name: string): string => foldedName(name.replace(/[-_\s]+/g, ' '));

const suffix = / (?:service|svc)$/;
/** `checkout` for `checkout-service`. The same key if the name has no such ending. */
export const withoutSuffix = (key: string): string => key.replace(suffix, '');
