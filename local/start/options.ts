import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly port: number;
  readonly dataDir: string | undefined;
  /**
   * Path of the distribution file for the stack, which is also put in force. Default: the sample
   * file.
   */
  readonly distribution: string | undefined;
  readonly samples: boolean;
  /** `provider`: at an identity provider on loopback. `mail`: by a link that is mailed. */
  readonly signIn: 'provider' | 'mail';
  readonly verbose: boolean;
}

export const usage = `Runs Afterword on this machine: the functions, queues, table and mail of the deployed stack, on 127.0.0.1 only.

  npm start -- [options]

  --port N              listen here (default: the variable PORT, else 4004)
  --distribution FILE   your own distribution file: its senders, domains and schedules, put in force at once; starts without samples
  --data DIR            keep the table, the secrets and the log of mails in this folder between starts
  --no-samples          start empty: no sample postmortems, people and digest
  --sign-in WAY         how people sign in: \`provider\`, an identity provider on this machine that believes everybody, or \`mail\`, a link
                        that is mailed to them (default: provider; with --distribution mail, as on AWS without the setting signIn)
  --verbose             print every line that a function writes
  --help                this text

Variables: PORT · DYNAMODB_ENDPOINT uses a DynamoDB that runs already, instead of the embedded one.
`;

/** The options, or `help` to show the usage. Throws an Error with a message for the user. */
export function startOptions(words: readonly string[], portVariable: string | undefined): StartOptions | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      distribution: { type: 'string' },
      samples: { type: 'boolean' },
      'sign-in': { type: 'string' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowNegative: true,
  });
  if (values.help) return 'help';
  const port = values.port ?? portVariable ?? '4004';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`"${port}" is not a port: a number from 0 to 65535`);
  const { distribution, samples = distribution === undefined } = values;
  if (samples && distribution !== undefined)
    throw new Error('the samples belong to the sample distribution: leave out --samples, or --distribution');
  const signIn = values['sign-in'] ?? (distribution === undefined ? 'provider' : 'mail');
  if (signIn !== 'provider' && signIn !== 'mail') throw new Error(`"${signIn}" is not a way to sign in: provider or mail`);
  return { port: Number(port), dataDir: values.data, distribution, samples, signIn, verbose: values.verbose };
}
