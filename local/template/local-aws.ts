/** The account of the local stack. It is the only one that fauxqs answers for. */
export const account = '000000000000';
export const region = 'us-east-1';

/** The addresses that the template's references resolve to. None ends in a slash. */
export interface LocalAws {
  readonly stackName: string;
  /** Where the HTTP API is served. */
  readonly apiUrl: string;
  /** Where functions reach their queues. */
  readonly queuesUrl: string;
}

export const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/** A resource's name without the stack's prefix, as users and tools on the laptop write it. */
export const shortName = (stackName: string, name: string) => (name.startsWith(`${stackName}-`) ? name.slice(stackName.length + 1) : name);
